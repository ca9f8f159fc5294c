import type { ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { Moment } from '../moment/moment.tsx'
import { endReasonText } from './end-reason-text.ts'

/** Live, or since when and why not. */
export function SessionState({ session }: { session: ManagedSession }): ReactNode {
  const dot = session.is_active ? 'bg-accent forced-colors:bg-[CanvasText]' : 'border border-muted'
  return (
    <span className="flex items-start gap-2">
      <span aria-hidden className={`mt-[0.4375rem] size-1.5 shrink-0 rounded-full ${dot}`} />
      {session.is_active ? (
        'Active'
      ) : (
        <span className="min-w-0 text-muted">
          {endReasonText(session)}
          {session.ended_at ? (
            <span className="block text-xs/5">
              <Moment at={session.ended_at} label="Ended" />
            </span>
          ) : null}
        </span>
      )}
    </span>
  )
}
