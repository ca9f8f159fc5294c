import type { OverviewResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { FigureTile } from '../charts/figure-tile.tsx'
import { AlertsLink } from '../links/alerts-link.tsx'
import { createdBetween } from '../links/filter-text.ts'
import { ReportLink, type ReportTarget } from '../links/report-link.tsx'
import { shareText } from '../numbers/number-text.ts'
import { lastDayOf } from './last-day.ts'

const called = 'the day before'

interface KeyFiguresProps {
  overview: OverviewResponse
}

/** The numbers that are looked at first, each with how it was a day before. */
export function KeyFigures({ overview }: KeyFiguresProps): ReactNode {
  const { last_24_hours: last, before, open_alerts: alerts } = overview
  const { from, until } = lastDayOf(overview)
  const audited = (type: string): ReportTarget => ({ to: 'audit', type, from, until })
  const created: ReportTarget = { to: 'sessions', filter: createdBetween(from, until) }
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
      <FigureTile
        name="Active now"
        value={overview.active_sessions}
        note="Sessions that are live"
        link={linked({ to: 'sessions', filter: 'state:live' })}
      />
      <FigureTile
        name="Signed in, 24 h"
        value={last.created}
        before={{ value: before?.created ?? null, called }}
        link={linked(created)}
      />
      <FigureTile
        name="Ended, 24 h"
        value={last.ended}
        before={{ value: before?.ended ?? null, called }}
        link={linked(audited('session.ended'))}
      />
      <TokenTiles overview={overview} target={audited('verifications.counted')} />
      <FigureTile
        name="Open alerts"
        value={alerts.total}
        note={urgentNote(alerts.by_severity)}
        link={(number) => <AlertsLink className={numberLook}>{number}</AlertsLink>}
      />
    </dl>
  )
}

interface TokenTilesProps extends KeyFiguresProps {
  target: ReportTarget
}

function TokenTiles({ overview, target }: TokenTilesProps): ReactNode {
  const { before } = overview
  const { verified, refused } = overview.last_24_hours
  return (
    <>
      <FigureTile
        name="Verified, 24 h"
        value={verified}
        before={{ value: before?.verified ?? null, called }}
        link={linked(target)}
      />
      <FigureTile
        name="Refused, 24 h"
        value={refused}
        note={refusedNote(verified, refused)}
        link={linked(target)}
      />
    </>
  )
}

const numberLook = 'rounded-sm underline decoration-edge underline-offset-4 hover:decoration-current'

function linked(target: ReportTarget): (number: string) => ReactNode {
  return (number) => <ReportLink target={target}>{number}</ReportLink>
}

function refusedNote(verified: number | null, refused: number | null): string {
  if (verified === null || refused === null || verified + refused === 0) return 'Tokens that were not good'
  return `${shareText(refused / (verified + refused))} of tokens shown`
}

function urgentNote(bySeverity: Readonly<Record<string, number>>): string {
  const urgent = (bySeverity['critical'] ?? 0) + (bySeverity['high'] ?? 0)
  return urgent === 0 ? 'None is high or critical' : `${urgent} high or critical`
}
