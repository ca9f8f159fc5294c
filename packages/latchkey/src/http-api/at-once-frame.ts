import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../foundation/time.ts'
import type { AllowedOrigins } from '../transport/allowed-origins.ts'
import { type PlainRequest, readPlainRequest } from '../transport/credential-headers.ts'
import type { SessionGuard } from '../transport/session-guard.ts'
import { createNodeAnswers, type HeaderPairs, type NodeAnswers } from './node-answers.ts'
import type { ProblemError } from './problem.ts'
import { preparedProblem } from './problem-response.ts'
import { type AnsweredRequest, headersOfApiAnswers } from './request-frame.ts'

export interface AtOnceFrameOptions {
  readonly clock: Pick<Clock, 'monotonic'>
  /** May not throw. */
  readonly onRequest: (done: AnsweredRequest) => void
  readonly answerHeaders: HeaderPairs
  readonly allowedOrigins: AllowedOrigins
}

/** Around requests that are answered at once: what `request-frame` is to all others. */
export interface AtOnceFrame {
  readonly answers: NodeAnswers
  /** For `done`. */
  now(): number
  /** Null: it is no request to be quick with. */
  read(request: IncomingMessage): PlainRequest | null
  refuse(response: ServerResponse, problem: ProblemError, requestId: string): void
  /** Once the answer is written. */
  done(route: string, response: ServerResponse, startedAt: number, requestId: string): void
}

/** Whose request it is, as the other road has it. */
export function addressAtOnce(guard: Pick<SessionGuard, 'facts'>, request: IncomingMessage): string | null {
  return guard.facts(request, { remoteAddress: request.socket.remoteAddress ?? null }).ipAddress
}

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`
const port = String.raw`(?::(?:[1-5]\d{3,4}|[6-9]\d{3}))?`
/**
 * Names whose last label is no number, and addresses: what ends in a number has to be an address (URL Standard,
 * section 3.5). Others are left to the router, which knows how a URL is made of them: a strange host is no reason to hurry.
 */
const ordinaryHost = new RegExp(
  `^(?:(?:[a-z0-9_-]+\\.)*[a-z_][a-z0-9_-]*|(?:${octet}\\.){3}${octet})${port}$`,
)

export function createAtOnceFrame(options: AtOnceFrameOptions): AtOnceFrame {
  const { clock, onRequest, answerHeaders, allowedOrigins } = options
  const answers = createNodeAnswers(headersOfApiAnswers(allowedOrigins), answerHeaders)
  let hostSeen = ''
  return {
    answers,
    now: () => clock.monotonic(),
    read(request) {
      // What a page of another origin may read of the answer is for the other road to say.
      if (allowedOrigins.size > 0 && request.headers.origin !== undefined) return null
      const plain = readPlainRequest(request.rawHeaders)
      if (plain === null || (plain.host !== hostSeen && !ordinaryHost.test(plain.host))) return null
      hostSeen = plain.host
      return plain
    },
    refuse(response, problem, requestId) {
      answers.writeProblem(response, preparedProblem(problem, requestId))
    },
    done(route, response, startedAt, requestId) {
      const durationMs = clock.monotonic() - startedAt
      onRequest({
        method: response.req.method ?? '',
        route,
        status: response.statusCode,
        durationMs,
        requestId,
      })
    },
  }
}
