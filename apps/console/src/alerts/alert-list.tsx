import type { AlertOnWire } from 'latchkey/client'
import type { ReactNode } from 'react'
import { Moment } from '../moment/moment.tsx'
import { Badge } from '../primitives/badge.tsx'
import { Skeleton } from '../primitives/skeleton.tsx'
import { SeverityBadge } from '../severity/severity-badge.tsx'
import { aboutWhom } from './alert-words.ts'

interface AlertListProps {
  /** Null until they are known. */
  alerts: readonly AlertOnWire[] | null
  openId: string | null
  chosen: ReadonlySet<string>
  busy: ReadonlySet<string>
  onOpen: (id: string) => void
  onChoose: (chosen: ReadonlySet<string>) => void
}

export function AlertList({ alerts, openId, chosen, busy, onOpen, onChoose }: AlertListProps): ReactNode {
  if (alerts === null) return <Loading />
  if (alerts.length === 0) return null
  const all = alerts.every(({ id }) => chosen.has(id))
  function toggle(id: string): void {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChoose(next)
  }
  return (
    <>
      <label className="flex items-center gap-3 border-b border-line px-4 py-2.5 text-xs text-muted">
        <input
          type="checkbox"
          checked={all}
          onChange={() => onChoose(all ? new Set() : new Set(alerts.map(({ id }) => id)))}
          className="size-4 accent-accent"
        />
        Choose all shown
      </label>
      <ul aria-labelledby="alerts" className="divide-y divide-line">
        {alerts.map((alert) => (
          <AlertRow
            key={alert.id}
            alert={alert}
            look={alert.id === openId ? 'open' : 'plain'}
            isBusy={busy.has(alert.id)}
            isChosen={chosen.has(alert.id)}
            onOpen={() => onOpen(alert.id)}
            onToggle={() => toggle(alert.id)}
          />
        ))}
      </ul>
    </>
  )
}

interface AlertRowProps {
  alert: AlertOnWire
  look: keyof typeof looks
  isBusy: boolean
  isChosen: boolean
  onOpen: () => void
  onToggle: () => void
}

const looks = { plain: 'hover:bg-canvas', open: 'bg-accent-soft' }

function AlertRow({ alert, look, isBusy, isChosen, onOpen, onToggle }: AlertRowProps): ReactNode {
  const { title, reason, severity } = alert
  return (
    <li
      data-row={alert.id}
      aria-busy={isBusy}
      className={`busy-line flex items-start gap-3 px-4 py-3 transition-colors ${looks[look]}`}
    >
      <input
        type="checkbox"
        aria-label={`Choose: ${title}, ${aboutWhom(alert)}`}
        checked={isChosen}
        onChange={onToggle}
        className="relative z-10 mt-0.5 size-4 shrink-0 accent-accent"
      />
      <div className="min-w-0 flex-1">
        <div className="flex items-start justify-between gap-3">
          <button
            type="button"
            data-open
            aria-current={look === 'open' || undefined}
            onClick={onOpen}
            className="min-w-0 text-left font-medium wrap-anywhere after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-text"
          >
            {title}
            <span className="sr-only">, {aboutWhom(alert)}</span>
          </button>
          <SeverityBadge severity={severity} />
        </div>
        <p className="mt-0.5 text-[0.8125rem] text-pretty wrap-anywhere">{reason}</p>
        <Marks alert={alert} />
      </div>
    </li>
  )
}

/** About whom, when, and what has become of it so far. */
function Marks({ alert }: { alert: AlertOnWire }): ReactNode {
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs/5 text-muted">
      <span aria-hidden className="min-w-0 truncate">
        {aboutWhom(alert)}
      </span>
      <span aria-hidden>·</span>
      <Moment at={alert.last_at} label="Noticed" />
      {alert.count > 1 ? <Badge>{alert.count} times</Badge> : null}
      {alert.answer === 'not-me' ? <Badge look="danger">“Not me”</Badge> : null}
      {alert.answer === 'me' ? <Badge>“This was me”</Badge> : null}
      {alert.assignee ? <Badge look="accent">{alert.assignee_label ?? alert.assignee}</Badge> : null}
    </p>
  )
}

function Loading(): ReactNode {
  return (
    <div className="divide-y divide-line">
      <span role="status" className="sr-only">
        Loading the alerts…
      </span>
      {['a', 'b', 'c', 'd', 'e'].map((row) => (
        <div key={row} className="space-y-2 px-4 py-4">
          <Skeleton className="h-3.5 w-44" />
          <Skeleton className="h-3.5 w-72 max-w-full" />
        </div>
      ))}
    </div>
  )
}
