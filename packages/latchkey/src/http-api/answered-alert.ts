import type { AlertAnswer } from '../model/alert.ts'
import type { AnswerOptions, AnswerOutcome } from '../operations/answer-alert.ts'
import type { AlertAnsweredResponse } from './alert-wire-types.ts'
import type { ApiContext } from './api-environment.ts'
import type { ApiTools } from './api-tools.ts'
import { alertNotFound, ProblemError } from './problem.ts'

/** What was said, and of which alert. */
export interface GivenAnswer {
  readonly alertId: string
  readonly answer: AlertAnswer
  /** The alert's `count` as it was shown. */
  readonly count?: number | undefined
}

/** An answer with what came of it. Throws the one 404 of an alert that is not there and of one that is somebody else's. */
export async function answeredAlert(
  { sessions, recordRefusal }: Pick<ApiTools, 'sessions' | 'recordRefusal'>,
  context: ApiContext,
  { alertId, answer, count }: GivenAnswer,
  options: AnswerOptions & { readonly currentId: string | null },
): Promise<AlertAnsweredResponse> {
  const { currentId, ...answering } = options
  const request = context.get('requestId')
  const seen = count === undefined ? {} : { seenCount: count }
  const outcome = await sessions.answerAlert(alertId, answer, { ...answering, ...seen, request })
  if (outcome.kind === 'answered') return toAnswered(outcome, answer, currentId)
  if (outcome.kind === 'stands') throw stands()
  if (outcome.kind === 'not-from-here') throw notFromHere()
  if (outcome.kind === 'grown') throw grown()
  // Not waited for: the answer to what is somebody else's must take no longer than that to what never was.
  void recordForeign()
  throw alertNotFound()

  async function recordForeign(): Promise<void> {
    const alert = await sessions.getAlert(alertId).catch(() => null)
    if (alert !== null) await recordRefusal(context, 'direct-reference', alertId)
  }
}

function toAnswered(
  { alert, ended }: Extract<AnswerOutcome, { readonly kind: 'answered' }>,
  answer: AlertAnswer,
  currentId: string | null,
): AlertAnsweredResponse {
  const isCurrent = answer === 'not-me' && currentId !== null && alert.sessionId === currentId
  return {
    message: messageOf(answer, ended),
    answer,
    revoked_count: ended,
    current: isCurrent ? 'revoked' : 'kept',
  }
}

function messageOf(answer: AlertAnswer, ended: number): string {
  if (answer === 'me') return 'Thank you. It is known as yours from now on.'
  const advice = 'Change your password, and look at your other sessions.'
  if (ended > 1) return `${ended} sessions were ended. ${advice}`
  return ended === 1 ? `The session was ended. ${advice}` : `The session had ended before. ${advice}`
}

function stands(): ProblemError {
  return new ProblemError('conflict', 'It was said before that this was not you; that stands.')
}

function grown(): ProblemError {
  return new ProblemError('conflict', 'It was noticed again since you looked. Look at it once more.')
}

function notFromHere(): ProblemError {
  return new ProblemError(
    'forbidden',
    'This can be confirmed from a session that was there before, or by the link in the mail.',
  )
}
