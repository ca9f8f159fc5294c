import type { UserSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { Moment } from '../moment/moment.tsx'

/** The absolute deadline, and the nearer one of a session that nobody uses. */
export function SessionExpiry({ session }: { session: UserSession }): ReactNode {
  const { expires_at: expiresAt, idle_expires_at: idleExpiresAt } = session
  const idleFirst = idleExpiresAt !== null && Date.parse(idleExpiresAt) < Date.parse(expiresAt)
  return (
    <>
      <Moment at={expiresAt} label="Expires" tense="future" />
      {idleFirst ? (
        <span className="block text-xs/5 text-muted">
          <Moment at={idleExpiresAt} label="Unless it is used, ends" tense="future" /> if unused
        </span>
      ) : null}
    </>
  )
}
