import type { Problem } from 'latchkey/client'
import { goingOnReauthenticated } from '../reauthentication/reauthentication.ts'
import { networkError, problemError, unexpectedAnswer } from './api-error.ts'

interface RequestOptions {
  readonly body?: Readonly<Record<string, unknown>>
  /** `background`: nobody asked for it, so that it must not keep an idle session alive. */
  readonly activity?: 'user' | 'background'
  readonly signal?: AbortSignal
  /** What is shown in the place of the session; the token of a link. */
  readonly bearer?: string
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One call of the program's API in this browser's session. Where it needs a recent sign-in, the user is asked for the
 * password and it goes on. Rejects with `ApiError`.
 */
export function request<Answer>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer> {
  return goingOnReauthenticated(() => requestOnce<Answer>(method, path, options))
}

async function requestOnce<Answer>(method: Method, path: string, options: RequestOptions): Promise<Answer> {
  const response = await sendTwiceIfSignedOut(method, path, options)
  const text = await response.text().catch(() => '')
  const body = parse(text)
  if (response.ok) return body as Answer
  if (isProblem(body)) throw problemError(response, body)
  throw unexpectedAnswer(response)
}

/**
 * Another tab may get a new cookie while a request with the one before is on its way: that the session is over is
 * believed when it is said twice.
 */
async function sendTwiceIfSignedOut(
  method: Method,
  path: string,
  options: RequestOptions,
): Promise<Response> {
  const response = await send(method, path, options)
  const mayBeLate = response.status === 401 && (method === 'GET' || method === 'DELETE')
  return mayBeLate ? send(method, path, options) : response
}

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (options.body) headers['content-type'] = 'application/json'
  if (options.bearer) headers['authorization'] = `Bearer ${options.bearer}`
  if (options.activity === 'background') headers['x-latchkey-activity'] = 'background'
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: options.bearer ? 'omit' : 'same-origin',
      cache: 'no-store',
      ...(options.body ? { body: JSON.stringify(options.body) } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw networkError()
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body
}
