import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SessionGuard } from '../transport/session-guard.ts'
import { type AtOnceFrameOptions, createAtOnceFrame } from './at-once-frame.ts'
import { forwardAuthAtOnce } from './forward-auth-at-once.ts'
import { forwardAuthPath } from './routes/forward-auth.ts'
import { verifyPath } from './routes/verify-session.ts'
import { type PassOn, type VerifyAtOnceOptions, verifyAtOnce } from './verify-at-once.ts'

/** See `SessionsApi.answerAtOnce`. */
export type AnswerAtOnce = (request: IncomingMessage, response: ServerResponse, passOn?: PassOn) => boolean

export interface AnswerAtOnceOptions extends AtOnceFrameOptions, VerifyAtOnceOptions {
  readonly guard: Pick<SessionGuard, 'identifyCached' | 'facts' | 'noteRefused'>
}

export function createAnswerAtOnce(options: AnswerAtOnceOptions): AnswerAtOnce {
  const frame = createAtOnceFrame(options)
  const forwardAuth = forwardAuthAtOnce(frame, options.guard, options.refusals)
  const verify = verifyAtOnce(frame, options)
  return (request, response, passOn) => {
    if (request.url === forwardAuthPath) return forwardAuth(request, response)
    if (request.url === verifyPath && passOn !== undefined) return verify(request, response, passOn)
    return false
  }
}
