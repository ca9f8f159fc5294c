import type { Problem } from '../http-api/wire-types.ts'
import { asSessionServiceError, SessionServiceError } from './session-service-error.ts'

/** Where requests go and what they carry. */
export interface Endpoint {
  /** Without a slash at its end; empty for the page's own origin. */
  readonly baseUrl: string
  readonly fetch: typeof fetch
  readonly token: string | null
  readonly credentials: RequestCredentials
}

/** How one call is made. */
export interface RequestOptions {
  /** Ends the request early; it then rejects with the code `network`. */
  readonly signal?: AbortSignal
  /** `background`: nobody asked for it, so that it must not keep an idle session alive. Default `user`. */
  readonly activity?: 'user' | 'background'
}

/** A server that has said nothing for this long counts as away, so that one lost packet does not hold up a live list for ever. */
const answerTimeout = 30_000

/** One call of the API: the object it answers with, or a `SessionServiceError`. A `body` travels as JSON. */
export async function sessionRequest<Answer>(
  endpoint: Endpoint,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  options: RequestOptions = {},
  body?: object,
): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (endpoint.token !== null) headers['authorization'] = `Bearer ${endpoint.token}`
  if (options.activity === 'background') headers['x-latchkey-activity'] = 'background'
  if (body !== undefined) headers['content-type'] = 'application/json'
  const timeout = AbortSignal.timeout(answerTimeout)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
  try {
    const response = await fetchTwiceIfSignedOut(endpoint, endpoint.baseUrl + path, {
      method,
      headers,
      credentials: endpoint.credentials,
      cache: 'no-store',
      signal,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return await readAnswer<Answer>(response)
  } catch (error) {
    throw asSessionServiceError(error)
  }
}

/** The methods that may be sent twice (RFC 9110, 9.2.2). */
const repeatable = ['GET', 'DELETE']

/**
 * A request may leave with a cookie that another tab's answer replaces while it is on its way. That this session is
 * over is believed when it is said twice: the second time the browser sends the cookie that it has by then.
 */
async function fetchTwiceIfSignedOut(
  { fetch, token }: Endpoint,
  url: string,
  init: RequestInit & { method: string },
): Promise<Response> {
  // Taken off its object: a browser's own fetch refuses to be called as a method of anything else.
  const response = await fetch(url, init)
  const mayBeLate = response.status === 401 && token === null && repeatable.includes(init.method)
  return mayBeLate ? fetch(url, init) : response
}

async function readAnswer<Answer>(response: Response): Promise<Answer> {
  const body = parseObject(await response.text())
  if (response.ok && body !== null) return body as Answer
  if (!response.ok && typeof body?.['code'] === 'string') {
    const problem = body as unknown as Problem
    throw new SessionServiceError(response.status, problem.code, problem.detail ?? problem.title, problem)
  }
  throw new SessionServiceError(response.status, 'unexpected-answer', unexpectedText(response.status))
}

/** A gateway that gets no answer from the server says so in a page of its own. */
function unexpectedText(status: number): string {
  if (status >= 500) return `The server cannot answer at the moment (status ${status}).`
  return `The server's answer (status ${status}) was not understood.`
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
