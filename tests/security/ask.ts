import { Agent, type IncomingHttpHeaders, request as sendRequest } from 'node:http'
import { newAddress } from './new-names.ts'
import { publicUrl } from './started-store.ts'

/** The name of the session cookie behind `publicUrl`. */
export const cookieName = '__Host-latchkey'

/** A request as a case describes it; what is left out is as the program's own pages would send it. */
export interface Asking {
  /** Default `GET`. */
  readonly method?: string
  readonly path: string
  /** A session token, sent in our cookie. */
  readonly session?: string
  /** The whole `Cookie` header. */
  readonly cookie?: string
  /** Sent as a bearer token. */
  readonly bearer?: string
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown
  /** These win over all others. */
  readonly headers?: Readonly<Record<string, string>>
  /** Where the visitor is. Default: an address that nobody else has. */
  readonly address?: string
  /** Which of the programs is asked. */
  readonly node?: 0 | 1
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly setCookies: readonly string[]
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what came over the wire, whatever it is
  readonly body: any
  /** The session token that a `Set-Cookie` of the answer hands over; null where none does. */
  readonly sessionToken: string | null
}

/** A request that hangs is a failure, and not a wait. */
const longestWait = 15_000

/** Connections are kept: a case may send thousands of requests. */
export function createAsker(urlOf: (node: 0 | 1) => string): (asking: Asking) => Promise<Answer> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  return (asking) => ask(agent, urlOf(asking.node ?? 0), asking)
}

function ask(agent: Agent, url: string, asking: Asking): Promise<Answer> {
  const { method = 'GET', path, body } = asking
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const request = sendRequest(
      url,
      { agent, method, path, headers: headersOf(asking, text) },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve(answerOf(response.statusCode ?? 0, response.headers, Buffer.concat(chunks).toString())),
        )
      },
    )
    request.setTimeout(longestWait, () => request.destroy(new Error(`${method} ${path}: no answer in time`)))
    request.on('error', reject)
    request.end(text)
  })
}

function headersOf(asking: Asking, text: string | undefined): Record<string, string> {
  const { session, cookie, bearer, address = newAddress() } = asking
  return {
    origin: publicUrl,
    'sec-fetch-site': 'same-origin',
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    'x-forwarded-for': address,
    ...(session !== undefined && { cookie: `${cookieName}=${session}` }),
    ...(cookie !== undefined && { cookie }),
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    ...(text !== undefined && { 'content-type': 'application/json' }),
    ...(text !== undefined && { 'content-length': String(Buffer.byteLength(text)) }),
    ...asking.headers,
  }
}

function answerOf(status: number, headers: IncomingHttpHeaders, text: string): Answer {
  const setCookies = headers['set-cookie'] ?? []
  const isJson = /json/.test(headers['content-type'] ?? '')
  return {
    status,
    headers,
    setCookies,
    text,
    body: isJson && text !== '' ? JSON.parse(text) : null,
    sessionToken: tokenIn(setCookies),
  }
}

function tokenIn(setCookies: readonly string[]): string | null {
  for (const setCookie of setCookies) {
    const [, value = ''] = new RegExp(`^${cookieName}=([^;]+)`).exec(setCookie) ?? []
    if (value !== '') return value
  }
  return null
}
