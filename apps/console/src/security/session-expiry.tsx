import type { UserSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { becauseOf, ruleName } from '../moment/deadline.ts'
import { Moment } from '../moment/moment.tsx'

/** The absolute deadline, and the nearer one of a session that nobody uses; with the rule that set it, where one did. */
export function SessionExpiry({ session }: { session: UserSession }): ReactNode {
  const { expires_at: expiresAt, idle_expires_at: idleExpiresAt } = session
  const idleFirst = idleExpiresAt !== null && Date.parse(idleExpiresAt) < Date.parse(expiresAt)
  const rule = ruleName(session.expires_by)
  const idleRule = ruleName(session.idle_expires_by)
  return (
    <>
      <Moment at={expiresAt} label="Expires" reason={becauseOf(rule)} tense="future" />
      {rule && !(idleFirst && rule === idleRule) ? <Rule name={rule} /> : null}
      {idleFirst ? (
        <span className="block text-xs/5 text-muted">
          <Moment
            at={idleExpiresAt}
            label="Unless it is used, ends"
            reason={becauseOf(idleRule)}
            tense="future"
          />{' '}
          if unused
          {idleRule ? <Rule name={idleRule} /> : null}
        </span>
      ) : null}
    </>
  )
}

/** The exact time says it, too, in its tip and for those who hear it. */
function Rule({ name }: { name: string }): ReactNode {
  return (
    <span aria-hidden className="block text-xs/5 wrap-anywhere text-muted">
      by the rule {name}
    </span>
  )
}
