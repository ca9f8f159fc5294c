import type { ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { briefMoment } from '../moment/brief-moment.ts'
import { becauseOf, nextDeadline } from '../moment/deadline.ts'
import { exactMoment } from '../moment/exact-moment.ts'
import { Moment } from '../moment/moment.tsx'
import { useNow } from '../moment/use-now.ts'
import { Tip } from '../primitives/tip.tsx'
import { endReasonText } from './end-reason-text.ts'

/** Live and until when, or since when and why not. */
export function SessionState({ session }: { session: ManagedSession }): ReactNode {
  const dot = session.is_active ? 'bg-accent forced-colors:bg-[CanvasText]' : 'border border-muted'
  return (
    <span className="flex items-start gap-2">
      <span aria-hidden className={`mt-[0.4375rem] size-1.5 shrink-0 rounded-full ${dot}`} />
      {session.is_active ? <Live session={session} /> : <Over session={session} />}
    </span>
  )
}

function Live({ session }: { session: ManagedSession }): ReactNode {
  const now = useNow()
  const { at, rule } = nextDeadline(session)
  const because = becauseOf(rule)
  return (
    <span className="min-w-0">
      {session.is_pending ? 'Waits for a second factor' : 'Active'}
      <span className="block text-xs/5 wrap-anywhere text-muted">
        <Tip text={`Ends ${exactMoment(at)}${because}`}>
          <span>
            Ends <time dateTime={at}>{briefMoment(Date.parse(at), now)}</time>
            {because}
          </span>
        </Tip>
      </span>
    </span>
  )
}

function Over({ session }: { session: ManagedSession }): ReactNode {
  return (
    <span className="min-w-0 text-muted">
      {endReasonText(session)}
      {session.ended_at ? (
        <span className="block text-xs/5">
          <Moment at={session.ended_at} label="Ended" />
        </span>
      ) : null}
    </span>
  )
}
