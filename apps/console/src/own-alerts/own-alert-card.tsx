import type { OwnAlert } from 'latchkey/client'
import { ShieldAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Moment } from '../moment/moment.tsx'
import { Button } from '../primitives/button.tsx'
import { failureText } from '../reauthentication/failure-text.ts'
import { askedAbout } from './answer-words.ts'

interface OwnAlertCardProps {
  alert: OwnAlert
  /** What a screen reader tells it from the others by. */
  name: string
  /** It is about the session of this very page. */
  isHere: boolean
  give: (alert: OwnAlert, answer: 'me' | 'not-me') => Promise<void>
}

/** One alert, with the question whether it was its user. */
export function OwnAlertCard({ alert, name, isHere, give }: OwnAlertCardProps): ReactNode {
  const about = askedAbout(alert)
  return (
    <li className="flex gap-3.5 rounded-xl border border-line bg-surface px-4 py-4 shadow-raised sm:px-5">
      <ShieldAlert aria-hidden strokeWidth={1.6} className="mt-0.5 size-5 shrink-0 text-warning-text" />
      <div className="min-w-0 flex-1">
        <h3 className="font-medium text-pretty wrap-anywhere">{alert.title}</h3>
        <p className="mt-0.5 text-pretty wrap-anywhere">{alert.reason}</p>
        <p className="text-[0.8125rem] text-muted">
          {about ? `${about} · ` : null}
          <Moment at={alert.at} />
          {isHere ? ' · this session' : null}
        </p>
        <Answers alert={alert} name={name} give={give} />
        <p className="mt-2 text-[0.8125rem] text-pretty text-muted">{whatNoDoes(alert, isHere)}</p>
      </div>
    </li>
  )
}

function Answers({ alert, name, give }: Pick<OwnAlertCardProps, 'alert' | 'name' | 'give'>): ReactNode {
  const [busy, setBusy] = useState<'me' | 'not-me' | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  async function say(answer: 'me' | 'not-me'): Promise<void> {
    if (busy !== null) return
    setBusy(answer)
    setFailure(null)
    await give(alert, answer).catch((error: unknown) => setFailure(failureText(error)))
    setBusy(null)
  }
  return (
    <>
      {failure ? <Failure text={failure} /> : null}
      <div className="mt-3 flex flex-wrap gap-2">
        {alert.may_confirm ? (
          <Button
            size="small"
            aria-label={`Yes, this was me: ${name}`}
            busy={busy === 'me' ? 'Saving…' : null}
            onClick={() => void say('me')}
          >
            Yes, this was me
          </Button>
        ) : null}
        <Button
          size="small"
          look="danger"
          aria-label={`No, sign it out: ${name}`}
          busy={busy === 'not-me' ? 'Signing out…' : null}
          onClick={() => void say('not-me')}
        >
          No, sign it out
        </Button>
      </div>
    </>
  )
}

function Failure({ text }: { text: string }): ReactNode {
  return (
    <p role="alert" className="mt-2 text-[0.8125rem] text-danger-text">
      {text}
    </p>
  )
}

function whatNoDoes(
  { session_active: isActive, may_confirm: mayConfirm, count }: OwnAlert,
  isHere: boolean,
): string {
  // Whoever signed in there could say yes as well.
  const yes = mayConfirm
    ? ''
    : ' To say that it was you, sign in where you were signed in before, or follow the link in the mail, where you got one.'
  if (isHere) return `“No” signs you out here, too.${yes}`
  // It names one session and may be about each that began while it was noticed.
  const several =
    '“No” ends each session that began between the first time and the last that this was noticed.'
  if (count > 1) return `${several}${yes}`
  return `${isActive === false ? 'The session is over already.' : '“No” ends that session at once.'}${yes}`
}
