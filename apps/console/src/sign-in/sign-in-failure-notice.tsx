import type { ReactNode } from 'react'
import { Notice } from '../primitives/notice.tsx'
import { signInFailure } from './sign-in-failure.ts'

interface SignInFailureNoticeProps {
  error: Error
  /** What the server asked for, in seconds; null where it asked for none. */
  wait: number | null
  secondsLeft: number
}

/** Read out once, with the whole wait; the seconds that run are for the eye. */
export function SignInFailureNotice({ error, wait, secondsLeft }: SignInFailureNoticeProps): ReactNode {
  const said = signInFailure(error, wait ?? 0)
  return (
    <Notice look="danger">
      <span role="alert" className="sr-only">
        {said}
      </span>
      <span aria-hidden>{wait === null ? said : signInFailure(error, secondsLeft)}</span>
    </Notice>
  )
}
