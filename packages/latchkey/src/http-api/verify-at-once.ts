import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Sessions } from '../operations/sessions.ts'
import type { VerifyOptions } from '../operations/verify-session.ts'
import { activityIn } from '../transport/activity.ts'
import { bearerToken } from '../transport/bearer-token.ts'
import type { SessionGuard } from '../transport/session-guard.ts'
import type { AuthenticateService } from './api-environment.ts'
import { type AtOnceFrame, addressAtOnce } from './at-once-frame.ts'
import { type Refusals, refusedProblem } from './refusals.ts'
import { newRequestId } from './request-id.ts'
import { toVerifyResponse, verifyPath } from './routes/verify-session.ts'

/** Hands over a request whose body has been read, for `fetch` to answer. */
export type PassOn = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void

/** A token, its name and some air, in bytes. Longer bodies say more than a token does. */
const longestBody = 1_024

export interface VerifyAtOnceOptions {
  readonly sessions: Pick<Sessions, 'verifyCached'>
  readonly authenticateService: AuthenticateService
  readonly refusals?: Refusals | undefined
  readonly guard: Pick<SessionGuard, 'facts'>
}

/** What the head of a request says. */
interface Asked {
  readonly startedAt: number
  readonly apiKey: string
  readonly options: VerifyOptions
}

/**
 * `POST /api/v1/sessions/verify` without router and `Request`, for the body `{"token": …}` and nothing else in it:
 * whatever else comes is passed on.
 */
export function verifyAtOnce(
  frame: AtOnceFrame,
  { sessions, authenticateService, refusals, guard }: VerifyAtOnceOptions,
): (request: IncomingMessage, response: ServerResponse, passOn: PassOn) => boolean {
  const write = frame.answers.answerWriter(['Content-Type', 'X-Request-Id'])

  /** False where only `fetch` has the answer. */
  async function answer(
    { startedAt, apiKey, options }: Asked,
    body: Buffer,
    response: ServerResponse,
  ): Promise<boolean> {
    const service = await authenticateService(apiKey)
    const token = onlyToken(body)
    const verification = service === null || token === null ? null : sessions.verifyCached(token, options)
    if (service !== null && verification === null) return false
    const requestId = newRequestId()
    if (verification === null) {
      const address = addressAtOnce(guard, response.req)
      frame.refuse(response, refusedProblem(refusals, address, 'api-key'), requestId)
    } else write(response, ['application/json', requestId], JSON.stringify(toVerifyResponse(verification)))
    frame.done(verifyPath, response, startedAt, requestId)
    return true
  }

  return (request, response, passOn) => {
    const asked = readHead(frame, request)
    if (asked === null) return false
    readBody(request, (body) => {
      const handOver = (): void => passOn(request, response, body)
      // What breaks here breaks there, too, where it has an answer of its own.
      answer(asked, body, response).then((isAnswered) => {
        if (!isAnswered) handOver()
      }, handOver)
    })
    return true
  }
}

function readHead(frame: AtOnceFrame, request: IncomingMessage): Asked | null {
  const startedAt = frame.now()
  const plain = request.method === 'POST' ? frame.read(request) : null
  if (plain === null || plain.contentType !== 'application/json') return null
  const { contentLength, transferEncoding } = plain
  if (contentLength === null || transferEncoding !== null || Number(contentLength) > longestBody) return null
  const bearer = bearerToken(plain.authorization)
  if (bearer.kind !== 'present') return null
  return { startedAt, apiKey: bearer.token, options: { activity: activityIn(plain.activity, plain.purpose) } }
}

/** Nothing is called when the client goes away before the end: there is nobody to answer. */
function readBody(request: IncomingMessage, receive: (body: Buffer) => void): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => receive(Buffer.concat(chunks)))
}

/** Null when the body holds anything else, or is no JSON: what to say of it is in the schema of the route. */
function onlyToken(body: Buffer): string | null {
  try {
    const parsed: unknown = JSON.parse(body.toString())
    if (typeof parsed !== 'object' || parsed === null) return null
    const [first, ...others] = Object.entries(parsed)
    const [name, token] = first ?? []
    return name === 'token' && typeof token === 'string' && others.length === 0 ? token : null
  } catch {
    return null
  }
}
