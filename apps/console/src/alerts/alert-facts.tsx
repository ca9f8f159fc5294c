import { Link } from '@tanstack/react-router'
import type { AlertOnWire } from 'latchkey/client'
import type { ReactNode } from 'react'
import { allOf, condition } from '../links/filter-text.ts'
import { Moment } from '../moment/moment.tsx'
import { countText } from '../numbers/number-text.ts'
import { parseSessionFilters } from '../sessions/session-filters.ts'
import { aboutWhom, answerText, responseText } from './alert-words.ts'

const linkLook = 'rounded-sm font-medium text-accent-text underline underline-offset-4'

/** Whom and what it is about, since when, and what has become of it. */
export function AlertFacts({ alert }: { alert: AlertOnWire }): ReactNode {
  const response = responseText(alert)
  return (
    <dl className="mt-5 grid gap-x-6 gap-y-3 border-t border-line pt-4 text-[0.8125rem] sm:grid-cols-2">
      <Fact name="User">
        <OfUser alert={alert} />
      </Fact>
      <Fact name="Session">
        <OfSession alert={alert} />
      </Fact>
      <Fact name="Noticed last">
        <Moment at={alert.last_at} />
      </Fact>
      <Fact name={alert.count > 1 ? `Noticed ${countText(alert.count)} times, first` : 'Noticed first'}>
        <Moment at={alert.first_at} />
      </Fact>
      <Fact name="Looked after by">
        {alert.assignee === null ? 'Nobody' : (alert.assignee_label ?? alert.assignee)}
      </Fact>
      <Fact name="The user’s answer">
        {alert.answer === null ? 'None yet' : answerText(alert.answer)}{' '}
        {alert.answered_at ? <Moment at={alert.answered_at} /> : null}
      </Fact>
      {response ? (
        <Fact name="What happened by itself">
          {response} {alert.responded_at ? <Moment at={alert.responded_at} /> : null}
        </Fact>
      ) : null}
    </dl>
  )
}

function OfUser({ alert }: { alert: AlertOnWire }): ReactNode {
  const { user_id: userId } = alert
  if (userId === null) return aboutWhom(alert)
  return (
    <>
      <Link to="/admin/users/$userId" params={{ userId }} className={linkLook}>
        {aboutWhom(alert)}
      </Link>
      <SessionsLink filter={condition('user', userId)}>Their sessions</SessionsLink>
    </>
  )
}

function OfSession({ alert }: { alert: AlertOnWire }): ReactNode {
  const { user_id: userId, session_id: sessionId, session_active: isActive } = alert
  if (sessionId === null) return 'About none'
  const filter = allOf(userId === null ? '' : condition('user', userId), sessionId)
  return (
    <>
      {isActive ? 'Active now' : 'Over'}
      <SessionsLink filter={filter}>Show the session</SessionsLink>
    </>
  )
}

function SessionsLink({ filter, children }: { filter: string; children: string }): ReactNode {
  return (
    <span className="mt-0.5 block">
      <Link to="/admin/sessions" search={parseSessionFilters({ filter })} className={linkLook}>
        {children}
      </Link>
    </span>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  )
}
