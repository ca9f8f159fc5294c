import type { ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { briefMoment } from '../moment/brief-moment.ts'
import { exactMoment } from '../moment/exact-moment.ts'
import { Moment } from '../moment/moment.tsx'
import { useNow } from '../moment/use-now.ts'
import { Tip } from '../primitives/tip.tsx'

/** When it was last used, and when it began. */
export function SessionTimes({ session }: { session: ManagedSession }): ReactNode {
  const now = useNow()
  const started = session.created_at
  return (
    <>
      <span className="block tabular-nums first-letter:uppercase lg:whitespace-nowrap">
        <Moment at={session.last_accessed ?? started} label="Last active" />
      </span>
      <span className="block text-xs/5 whitespace-nowrap text-muted">
        started{' '}
        <Tip text={`Started ${exactMoment(started)}`}>
          <time dateTime={started}>{briefMoment(Date.parse(started), now)}</time>
        </Tip>
      </span>
    </>
  )
}
