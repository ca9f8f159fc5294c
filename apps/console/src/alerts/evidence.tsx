import { Link } from '@tanstack/react-router'
import type { AlertOnWire } from 'latchkey/client'
import type { ReactNode } from 'react'
import { useDetectors } from '../detectors/use-detectors.ts'
import { evidenceRows } from './evidence-rows.ts'

/** What the finding rests on: the facts as a table, and the rule in words. */
export function Evidence({ alert }: { alert: AlertOnWire }): ReactNode {
  const rows = evidenceRows(alert.evidence)
  const detector = useDetectors().data?.detectors.find(({ name }) => name === alert.detector)
  return (
    <div className="mt-5 border-t border-line pt-4">
      <h3 className="font-medium">Evidence</h3>
      {rows.length > 0 ? <Facts rows={rows} /> : null}
      {detector ? (
        <p className="mt-3 text-[0.8125rem] text-pretty text-muted">
          {detector.definition}{' '}
          <Link
            to="/admin/detectors"
            className="whitespace-nowrap text-accent-text underline underline-offset-4"
          >
            The detector
          </Link>
        </p>
      ) : null}
    </div>
  )
}

function Facts({ rows }: { rows: ReturnType<typeof evidenceRows> }): ReactNode {
  return (
    <table className="mt-2 w-full text-left text-[0.8125rem]">
      <caption className="sr-only">Facts that it rests on</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Fact</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {rows.map(({ name, value }) => (
          <tr key={name} className="align-top">
            <th scope="row" className="w-2/5 py-1.5 pr-4 font-normal wrap-anywhere text-muted">
              {name}
            </th>
            <td className="py-1.5 wrap-anywhere tabular-nums">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
