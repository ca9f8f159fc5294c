import { Link } from '@tanstack/react-router'
import type { DetectorOnWire } from 'latchkey/client'
import { type ReactNode, useState } from 'react'
import { parseAlertSearch } from '../alerts/alert-search.ts'
import { type DetectorDraft, setDetector } from '../api/detectors.ts'
import { announce } from '../primitives/announcer.tsx'
import { failureText } from '../reauthentication/failure-text.ts'
import { SeverityBadge } from '../severity/severity-badge.tsx'
import { figuresText, modeNames, techniqueUrl } from './detector-words.ts'
import { ModeSelects } from './mode-selects.tsx'
import { useDetectorsChanged } from './use-detectors.ts'

/** One detector: what it looks for, how it did of late, and how it is set. */
export function DetectorRow({ detector }: { detector: DetectorOnWire }): ReactNode {
  const { name, title, definition, attack, severity, last_30_days: figures } = detector
  return (
    <li className="gap-x-8 gap-y-3 py-4 md:grid md:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="min-w-0">
        <h3 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
          {title} <SeverityBadge severity={severity} />
        </h3>
        <p className="mt-1 text-[0.8125rem] text-pretty text-muted">{definition}</p>
        <p className="mt-1.5 flex flex-wrap gap-x-3 gap-y-1 text-[0.8125rem] text-muted">
          <Link
            to="/admin/alerts"
            search={parseAlertSearch({ detector: name, severity: severity === 'info' ? 'info' : undefined })}
            className="rounded-sm underline decoration-edge underline-offset-4 hover:decoration-current"
          >
            {figuresText(figures)}
            <span className="sr-only"> of {title}</span>
          </Link>
          {attack.map((technique) => (
            <a
              key={technique}
              href={techniqueUrl(technique)}
              target="_blank"
              rel="noreferrer"
              className="rounded-sm underline decoration-edge underline-offset-4 hover:decoration-current"
            >
              ATT&CK {technique}
              <span className="sr-only"> (opens attack.mitre.org)</span>
            </a>
          ))}
        </p>
      </div>
      <Setting detector={detector} />
    </li>
  )
}

function Setting({ detector }: { detector: DetectorOnWire }): ReactNode {
  const [wanted, setWanted] = useState<DetectorDraft | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const changed = useDetectorsChanged()
  async function set(draft: DetectorDraft): Promise<void> {
    setWanted(draft)
    setFailure(null)
    try {
      await setDetector(detector.name, draft)
      await changed()
      announce(`${detector.title}: ${modeNames[draft.mode].toLowerCase()}.`)
    } catch (error) {
      setFailure(failureText(error))
    }
    setWanted(null)
  }
  return (
    <div className="max-md:mt-3" aria-busy={wanted !== null}>
      <ModeSelects
        title={detector.title}
        draft={wanted ?? detector}
        onChange={(draft) => wanted === null && void set(draft)}
      />
      {failure ? (
        <p role="alert" className="mt-1.5 text-[0.8125rem] text-pretty text-danger-text">
          {failure}
        </p>
      ) : null}
    </div>
  )
}
