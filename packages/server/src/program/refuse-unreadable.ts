import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { newRequestId } from 'latchkey/http'

interface Refusal {
  readonly status: number
  readonly phrase: string
  readonly code: string
  readonly detail: string
}

const malformed: Refusal = {
  status: 400,
  phrase: 'Bad Request',
  code: 'malformed-request',
  detail: 'This is not HTTP.',
}

/** HTTP, but no request to anything: no host, `*` as the target, a path that leads elsewhere. */
const unusableTarget: Refusal = { ...malformed, detail: 'Host or target of the request cannot be used.' }

type HeaderPairs = readonly (readonly [string, string])[]

const headersOfRefusals: HeaderPairs = [
  ['Content-Type', 'application/problem+json'],
  ['Cache-Control', 'no-store'],
]

/** The answer to a request whose host or target cannot be used. */
export function unusableTargetResponse(headers: HeaderPairs): Response {
  const { status } = unusableTarget
  return new Response(bodyOf(unusableTarget), {
    status,
    headers: [...headersOfRefusals, ...headers].map(([name, value]): [string, string] => [name, value]),
  })
}

/** What Node's parser found, by its error code. */
const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    phrase: 'Request Header Fields Too Large',
    code: 'malformed-request',
    detail: 'The headers are larger than 16 KiB.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    phrase: 'Request Timeout',
    code: 'malformed-request',
    detail: 'The request did not arrive in time.',
  },
}

/** How long a client may go on sending what nobody reads, so that it sees the answer before the connection ends. */
const drainMilliseconds = 1_000

/**
 * Answers requests that Node cannot read. Node's own answer is often lost: it ends the connection while the
 * client is still sending, and a reset overtakes the answer.
 */
export function refuseUnreadable(server: Server, headers: HeaderPairs): void {
  const answered = new WeakSet<Duplex>()
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (answered.has(socket)) return
    answered.add(socket)
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    socket.end(answerOf(refusals[error.code ?? ''] ?? malformed, headers))
    socket.resume()
    const cut = setTimeout(() => socket.destroy(), drainMilliseconds)
    socket.once('close', () => clearTimeout(cut))
  })
}

function bodyOf({ status, phrase, code, detail }: Refusal): string {
  const request_id = newRequestId()
  return JSON.stringify({ type: 'about:blank', title: phrase, status, detail, code, request_id })
}

function answerOf(refusal: Refusal, headers: HeaderPairs): string {
  const body = bodyOf(refusal)
  return [
    `HTTP/1.1 ${refusal.status} ${refusal.phrase}`,
    ...[...headersOfRefusals, ...headers].map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}
