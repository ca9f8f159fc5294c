import type { Problem } from 'latchkey/client'
import { networkError, problemError, unexpectedAnswer } from './api-error.ts'

interface RequestOptions {
  readonly body?: Readonly<Record<string, unknown>>
  /** `background`: nobody asked for it, so that it must not keep an idle session alive. */
  readonly activity?: 'user' | 'background'
  readonly signal?: AbortSignal
}

/** One call of the program's API in this browser's session. Rejects with `ApiError`. */
export async function request<Answer>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const response = await send(method, path, options)
  const text = await response.text().catch(() => '')
  const body = parse(text)
  if (response.ok) return body as Answer
  if (isProblem(body)) throw problemError(response, body)
  throw unexpectedAnswer(response)
}

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (options.body) headers['content-type'] = 'application/json'
  if (options.activity === 'background') headers['x-latchkey-activity'] = 'background'
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
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
