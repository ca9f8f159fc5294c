import { Link } from '@tanstack/react-router'
import type { DetectorOnWire } from 'latchkey/client'
import type { ReactNode } from 'react'
import { parseAlertSearch } from '../alerts/alert-search.ts'
import { SeverityBadge } from '../severity/severity-badge.tsx'
import { DetectorSetting } from './detector-setting.tsx'
import { figuresText, techniqueUrl } from './detector-words.ts'

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
          <span>{figuresText(figures)}</span>
          <Link
            to="/admin/alerts"
            search={parseAlertSearch({ detector: name, severity: severity === 'info' ? 'info' : undefined })}
            className="rounded-sm underline decoration-edge underline-offset-4 hover:decoration-current"
          >
            Open ones
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
      <DetectorSetting detector={detector} />
    </li>
  )
}
