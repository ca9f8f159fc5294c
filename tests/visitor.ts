import { expect } from 'vitest'
import { administrator, type RunningProgram, serviceKey } from './running-program.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what came over the wire, whatever it is
  readonly body: any
}

/** Somebody with a cookie jar, at one program's pages. */
export class Visitor {
  /** That of the session. */
  cookie: string | null = null
  /** That by which the browser is known again. */
  deviceCookie: string | null = null
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  /** As the program's own pages would send it. */
  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        origin: this.#url,
        'sec-fetch-site': 'same-origin',
        'user-agent':
          'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
        ...this.#cookies(),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    this.#keepCookies(response)
    return answerOf(response)
  }

  #cookies(): { cookie?: string } {
    const cookies = [this.cookie, this.deviceCookie].filter((cookie) => cookie !== null)
    return cookies.length === 0 ? {} : { cookie: cookies.join('; ') }
  }

  #keepCookies(response: Response): void {
    for (const set of response.headers.getSetCookie()) {
      const pair = set.split(';')[0] ?? ''
      const kept = pair.endsWith('=') || /max-age=0/i.test(set) ? null : pair
      if (/^(__Host-)?latchkey-device=/.test(pair)) this.deviceCookie = kept
      else this.cookie = kept
    }
  }

  get token(): string {
    return this.cookie?.slice(this.cookie.indexOf('=') + 1) ?? ''
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = text !== '' && /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null }
}

/** Signed in as the administrator. */
export async function signedIn(program: RunningProgram): Promise<Visitor> {
  const visitor = new Visitor(program.url)
  const answer = await visitor.send('POST', '/api/v1/auth/login', administrator)
  expect(answer.status, answer.text).toBe(200)
  return visitor
}

/** A request of a host back end. */
export async function asService(
  program: Pick<RunningProgram, 'url'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(`${program.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${serviceKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return answerOf(response)
}
