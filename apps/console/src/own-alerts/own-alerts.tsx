import type { OwnAlert } from 'latchkey/client'
import type { LiveSessions } from 'latchkey/react'
import { type ReactNode, useRef, useState } from 'react'
import { announce } from '../primitives/announcer.tsx'
import { distinctNames } from '../primitives/distinct-names.ts'
import { departing } from '../sign-in/intended-departure.ts'
import { answeredText } from './answer-words.ts'
import { OwnAlertCard } from './own-alert-card.tsx'
import { useOwnAlerts } from './use-own-alerts.ts'

type Answer = 'me' | 'not-me'

interface Answered {
  readonly text: string
  readonly kind: Answer
}

interface OwnAlertsProps {
  live: LiveSessions
  onChangePassword: () => void
}

/** What was noticed about the user, each with the question whether it was them. Left out while there is nothing. */
export function OwnAlerts({ live, onChangePassword }: OwnAlertsProps): ReactNode {
  const { unanswered, answer, refresh } = useOwnAlerts(live)
  const heading = useRef<HTMLHeadingElement>(null)
  const [answered, setAnswered] = useState<Answered | null>(null)
  const names = distinctNames(unanswered.map(({ title }) => title))
  const current = live.sessions.find((session) => session.is_current)?.id ?? null
  if (unanswered.length === 0 && answered === null) return null

  async function give(alert: OwnAlert, said: Answer): Promise<void> {
    const ask = () => answer(alert, said)
    const ends = said === 'not-me' && alert.session_id !== null && alert.session_id === current
    const text = answeredText(await (ends ? departing('revoked', ask) : ask()))
    setAnswered({ text, kind: said })
    announce(text)
    heading.current?.focus()
    refresh()
  }

  return (
    <section aria-labelledby="own-alerts">
      <h2 ref={heading} id="own-alerts" tabIndex={-1} className="mb-3 text-base font-semibold">
        Was this you?
      </h2>
      {answered ? <Outcome answered={answered} onChangePassword={onChangePassword} /> : null}
      <ul aria-labelledby="own-alerts" className="space-y-3">
        {unanswered.map((alert, index) => (
          <OwnAlertCard
            key={alert.id}
            alert={alert}
            name={names[index] ?? alert.title}
            isHere={alert.session_id !== null && alert.session_id === current}
            give={give}
          />
        ))}
      </ul>
    </section>
  )
}

interface OutcomeProps extends Pick<OwnAlertsProps, 'onChangePassword'> {
  answered: Answered
}

function Outcome({ answered, onChangePassword }: OutcomeProps): ReactNode {
  return (
    <p className="mb-3 rounded-xl border border-line bg-surface px-4 py-3 text-pretty shadow-raised">
      {answered.text}{' '}
      {answered.kind === 'not-me' ? (
        <button
          type="button"
          className="font-medium text-accent-text underline underline-offset-4"
          onClick={onChangePassword}
        >
          Change your password
        </button>
      ) : null}
    </p>
  )
}
