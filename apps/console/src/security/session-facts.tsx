import type { UserSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { Moment } from '../moment/moment.tsx'
import { SessionExpiry } from './session-expiry.tsx'

/** Its three times: columns of the row on wide screens, a line of their own on narrow ones. */
export function SessionFacts({ session }: { session: UserSession }): ReactNode {
  return (
    <dl className="col-span-full row-start-3 mt-3.5 grid grid-cols-[1.1fr_1.1fr_1.2fr] gap-x-2 text-[0.8125rem] xl:contents">
      <Fact name="Last active" column="xl:col-start-3">
        <Moment at={session.last_accessed ?? session.created_at} label="Last active" />
      </Fact>
      <Fact name="Started" column="xl:col-start-4">
        <Moment at={session.created_at} label="Started" />
      </Fact>
      <Fact name="Expires" column="xl:col-start-5">
        <SessionExpiry session={session} />
      </Fact>
    </dl>
  )
}

interface FactProps {
  name: string
  /** Where it stands on wide screens. */
  column: string
  children: ReactNode
}

function Fact({ name, column, children }: FactProps): ReactNode {
  return (
    <div className={`min-w-0 self-start xl:row-span-2 xl:row-start-1 xl:self-center ${column}`}>
      <dt className="text-xs text-muted xl:sr-only">{name}</dt>
      <dd className="tabular-nums first-letter:uppercase">{children}</dd>
    </div>
  )
}
