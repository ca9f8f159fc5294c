import { Link } from '@tanstack/react-router'
import type { BacktestResult } from 'latchkey/client'
import type { ReactNode } from 'react'
import { aboutWhom, responseNames } from '../alerts/alert-words.ts'
import { allOf, condition } from '../links/filter-text.ts'
import { UserLink } from '../links/user-link.tsx'
import { calendarDay, precisely } from '../moment/exact-moment.ts'
import { counted, countText } from '../numbers/number-text.ts'
import { parseSessionFilters } from '../sessions/session-filters.ts'
import { responsesText } from './backtest-draft.ts'

const headLook = 'py-1.5 pr-4 font-medium'

/** What would have happened: in a sentence, by detector, and whom it would have concerned. */
export function BacktestOutcome({ result }: { result: BacktestResult }): ReactNode {
  const { from, to, sessions, responses, detectors, affected, events } = result
  const said = responsesText(responses, countText)
  const concerned = Object.values(responses).reduce((sum, count) => sum + count, 0)
  return (
    <div className="mt-2 space-y-5">
      <div>
        <p className="text-base text-pretty" role="status">
          Of {counted(sessions, 'session')}, <strong>{said ?? 'none would have been touched'}</strong>
          {affected.length > 0 ? (affected.length < concerned ? '; these are the first:' : ': these.') : '.'}
        </p>
        <p className="mt-0.5 text-[0.8125rem] text-muted">
          {calendarDay(from)} to {calendarDay(to)}, {counted(events, 'event')} read.
        </p>
      </div>
      {affected.length > 0 ? <Affected affected={affected} detectors={detectors} /> : null}
      <ByDetector detectors={detectors} />
    </div>
  )
}

function ByDetector({ detectors }: Pick<BacktestResult, 'detectors'>): ReactNode {
  return (
    <section aria-labelledby="by-detector">
      <h3 id="by-detector" className="font-medium">
        By detector
      </h3>
      <div className="overflow-x-auto">
        <table className="mt-1 w-full text-left text-[0.8125rem]">
          <thead className="text-xs text-muted">
            <tr>
              <th scope="col" className={headLook}>
                Detector
              </th>
              {['Findings', 'Sessions', 'Users'].map((name) => (
                <th key={name} scope="col" className={`${headLook} text-right last:pr-0`}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-t border-line tabular-nums">
            {detectors.map((one) => (
              <tr key={one.detector} className={one.findings === 0 ? 'text-muted' : ''}>
                <th scope="row" className="py-1.5 pr-4 font-normal">
                  {one.title}
                </th>
                <td className="py-1.5 pr-4 text-right">{countText(one.findings)}</td>
                <td className="py-1.5 pr-4 text-right">{countText(one.sessions)}</td>
                <td className="py-1.5 text-right">{countText(one.users)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Affected({ affected, detectors }: Pick<BacktestResult, 'affected' | 'detectors'>): ReactNode {
  const titles = new Map(detectors.map(({ detector, title }) => [detector, title]))
  return (
    <ul
      aria-label="Sessions that would have been concerned"
      className="max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line text-[0.8125rem]"
    >
      {affected.map((one) => (
        <li key={`${one.session_id} ${one.detector} ${one.at}`} className="px-3 py-2">
          <p className="flex flex-wrap justify-between gap-x-4">
            <span className="min-w-0 font-medium wrap-anywhere">
              <Whom one={one} />
            </span>
            <span>{responseNames[one.response]}</span>
          </p>
          <p className="text-pretty wrap-anywhere">{one.reason}</p>
          <p className="text-xs/5 text-muted">
            {titles.get(one.detector) ?? one.detector} · {precisely(one.at)}
            <SessionLink one={one} />
          </p>
        </li>
      ))}
    </ul>
  )
}

function Whom({ one }: { one: BacktestResult['affected'][number] }): ReactNode {
  const name = aboutWhom(one)
  return one.user_id === null ? name : <UserLink userId={one.user_id}>{name}</UserLink>
}

function SessionLink({ one }: { one: BacktestResult['affected'][number] }): ReactNode {
  if (one.session_id === null) return null
  const user = one.user_id === null ? '' : condition('user', one.user_id)
  return (
    <>
      {' · '}
      <Link
        to="/admin/sessions"
        search={parseSessionFilters({ filter: allOf(user, one.session_id) })}
        className="rounded-sm underline decoration-edge underline-offset-4 hover:decoration-current"
      >
        The session<span className="sr-only"> of {aboutWhom(one)}</span>
      </Link>
    </>
  )
}
