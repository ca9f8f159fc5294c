import type { UserSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { Moment } from '../moment/moment.tsx'
import { SessionExpiry } from './session-expiry.tsx'

/** Its three times: columns of the row on wide screens, a line of their own on narrow ones. */
export function SessionFacts({ session }: { session: UserSession }): ReactNode {
  return (
    <dl className="col-span-full row-start-2 mt-3.5 grid grid-cols-[1.1fr_1.1fr_1.2fr] gap-x-2 text-[0.8125rem] lg:contents">
      <Fact name="Last active">
        <Moment at={session.last_accessed ?? session.created_at} label="Last active" />
      </Fact>
      <Fact name="Started">
        <Moment at={session.created_at} label="Started" />
      </Fact>
      <Fact name="Expires">
        <SessionExpiry session={session} />
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className="min-w-0 self-start lg:self-center">
      <dt className="text-xs text-muted lg:sr-only">{name}</dt>
      <dd className="tabular-nums first-letter:uppercase">{children}</dd>
    </div>
  )
}
