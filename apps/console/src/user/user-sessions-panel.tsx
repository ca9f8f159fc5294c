import type { UseQueryResult } from '@tanstack/react-query'
import { deviceName, type ManagedSession, type ManagedSessionsResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { Panel } from '../charts/panel.tsx'
import { DeviceIcon } from '../device/device-icon.tsx'
import { condition } from '../links/filter-text.ts'
import { ReportLink } from '../links/report-link.tsx'
import { calendarDay, exactMoment } from '../moment/exact-moment.ts'
import { Moment } from '../moment/moment.tsx'
import { useNow } from '../moment/use-now.ts'
import { durationText } from '../numbers/duration-text.ts'
import { countryName } from '../places/country-name.ts'
import { Button } from '../primitives/button.tsx'
import type { Confirmation } from '../primitives/confirm-dialog.tsx'
import { endManagedSession } from '../sessions/end-managed-confirmations.tsx'
import { endReasonText } from '../sessions/end-reason-text.ts'
import { PartState } from './part-state.tsx'
import { spanOf, type TimeLine, timeLineOf } from './session-span.ts'

interface UserSessionsPanelProps {
  sessions: UseQueryResult<ManagedSessionsResponse>
  userId: string
  ask: (confirmation: Confirmation) => void
  changed: () => Promise<void>
}

/** The user's sessions in time: each line says it in words, and draws it. */
export function UserSessionsPanel(props: UserSessionsPanelProps): ReactNode {
  const { sessions, userId, ask, changed } = props
  const all = sessions.data?.sessions ?? []
  const now = useNow()
  const line = timeLineOf(all, now)
  return (
    <Panel
      title="Sessions in time"
      lead="The newest first; a bar lasts from the sign-in to the end"
      action={
        <ReportLink
          target={{ to: 'sessions', filter: condition('user', userId) }}
          className="text-[0.8125rem] text-muted"
        >
          All in the explorer
        </ReportLink>
      }
    >
      <PartState what="sessions" result={sessions} isEmpty={all.length === 0} empty="None is on record." />
      {all.length > 0 ? (
        <>
          <ol aria-label="Sessions in time" className="divide-y divide-line border-t border-line">
            {all.map((session) => (
              <SessionLine
                key={session.id}
                session={session}
                line={line}
                onEnd={() => ask(endManagedSession(session, changed))}
              />
            ))}
          </ol>
          <p aria-hidden className="mt-2 flex justify-between text-xs text-muted lg:ml-[19rem] lg:mr-24">
            <span>{calendarDay(new Date(line.from).toISOString())}</span>
            <span>Now</span>
          </p>
        </>
      ) : null}
    </Panel>
  )
}

interface SessionLineProps {
  session: ManagedSession
  line: TimeLine
  onEnd: () => void
}

function SessionLine({ session, line, onEnd }: SessionLineProps): ReactNode {
  const device = deviceName(session.device_info)
  const place = session.device_info.location ?? countryName(session.country)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 py-2.5 lg:grid-cols-[18rem_minmax(0,1fr)_5rem]">
      <div className="min-w-0 text-[0.8125rem]">
        <p className="flex items-start gap-2">
          <DeviceIcon type={session.device_info.type} className="mt-0.5 size-4 shrink-0 text-muted" />
          <span className="min-w-0">
            <span className="font-medium wrap-anywhere">{device}</span>
            {place ? <span className="text-muted"> · {place}</span> : null}
          </span>
        </p>
        <p className="pl-6 text-xs/5 text-muted">
          <Moment at={session.created_at} label="Signed in" />, {lasted(session)}
        </p>
      </div>
      <Bar session={session} line={line} />
      <div className="text-right max-lg:col-start-2 max-lg:row-start-1">
        {session.is_active ? (
          <Button
            size="small"
            aria-label={`End the session on ${device}, started ${exactMoment(session.created_at)}`}
            onClick={onEnd}
          >
            End…
          </Button>
        ) : null}
      </div>
    </li>
  )
}

function lasted(session: ManagedSession): string {
  if (session.is_active) return 'active'
  const end = session.ended_at
  const reason = endReasonText(session).toLowerCase()
  if (end === null) return reason
  return `${reason} after ${durationText((Date.parse(end) - Date.parse(session.created_at)) / 1000)}`
}

/** Live ones are filled, those that are over are outlined: not told apart by colour alone. */
function Bar({ session, line }: Pick<SessionLineProps, 'session' | 'line'>): ReactNode {
  const { start, length } = spanOf(session, line)
  const look = session.is_active
    ? 'bg-[var(--chart-1)] forced-colors:bg-[Highlight]'
    : 'border border-field bg-sunken'
  return (
    <span aria-hidden className="relative block h-3 rounded-full bg-canvas max-lg:col-span-full">
      <span
        className={`absolute inset-y-0 rounded-full ${look}`}
        style={{ left: `${start * 100}%`, width: `${length * 100}%` }}
      />
    </span>
  )
}
