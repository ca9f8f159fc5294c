import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, RequestError } from '@hono/node-server'
import { type ConnectionFacts, hasDotSegments, type PassOn, type SessionsApi } from 'latchkey/http'
import { breakingOff } from './break-off.ts'
import { refuseUnreadable, unusableTargetResponse } from './refuse-unreadable.ts'
import { StartError } from './start-error.ts'

/** A web server that listens. */
export interface HttpServer {
  /** Where it listens: `http://127.0.0.1:4280`, with the port that it really has. */
  readonly url: string
  /** Goes on answering, and ends each connection with its next answer, so that whoever shares requests out goes elsewhere. */
  drain(): void
  /** Stops listening, ends streams, waits for answers under way, and cuts what is left after the time given. */
  stop(graceMilliseconds: number): Promise<void>
}

/** What answers requests. Neither of the two throws or rejects. */
export interface Site {
  /** False: nothing was written or read, and the request is for `fetch`. See `SessionsApi.answerAtOnce`. */
  readonly answerAtOnce: SessionsApi['answerAtOnce']
  fetch(request: Request, connection: ConnectionFacts): Promise<Response>
  /** Told why an answer was cut that had begun. */
  readonly onBrokenOff?: (error: unknown) => void
}

/** A client that takes longer than this for its headers or its body only holds a connection. */
const headersTimeout = 10_000
const requestTimeout = 30_000

/** Longer than the usual 60 s of load balancers, so that they and not we end idle connections. */
const keepAliveTimeout = 65_000

const timeouts = { headersTimeout, requestTimeout, keepAliveTimeout }

/** For requests without `Host`, which HTTP/1.0 allows: load balancers ask for `/healthz` that way. Nothing depends on it. */
const nameWithoutHost = 'localhost'

/** Since HTTP/1.1 a request has to name its host (RFC 9112 section 3.2). */
function hasUsableTarget({
  url = '',
  headers,
  httpVersion,
}: Pick<IncomingMessage, 'url' | 'headers' | 'httpVersion'>): boolean {
  return !hasDotSegments(url) && (httpVersion === '1.0' || headers.host !== undefined)
}

/** What never became a request is its sender's fault; anything else is ours, as `fetch` does not reject. */
function answerTo(error: unknown, headers: HeaderPairs): Response {
  if (error instanceof RequestError) return unusableTargetResponse(headers)
  return new Response(null, {
    status: 500,
    headers: new Headers(headers.map(([name, value]) => [name, value])),
  })
}

type HeaderPairs = readonly (readonly [string, string])[]

/**
 * Listens, and says in one sentence why it cannot. Headers over 16 KiB, Node's limit, are answered with 431. `headers`
 * stand in the answers that the site knows nothing of.
 */
export async function startHttpServer(
  listen: { readonly host: string; readonly port: number },
  site: Site,
  headers: HeaderPairs = [],
): Promise<HttpServer> {
  const streams = new Set<{ end(): void }>()
  let isStopping = false
  const listener = getRequestListener(
    async (request, { incoming, outgoing }) => {
      if (!hasUsableTarget(incoming)) return unusableTargetResponse(headers)
      const response = await site.fetch(request, { remoteAddress: incoming.socket.remoteAddress ?? null })
      if (isStream(response)) keepWhileOpen(streams, outgoing)
      // Or else a client that keeps its connection would keep the process, too.
      if (isStopping) response.headers.set('Connection', 'close')
      return breakingOff(response, outgoing, (error) => site.onBrokenOff?.(error))
    },
    { hostname: nameWithoutHost, errorHandler: (error) => answerTo(error, headers) },
  )
  // Node's own answer to a request without `Host` has no body.
  const passOn: PassOn = (request, response, rawBody) =>
    void listener(Object.assign(request, { rawBody }), response)
  const server = createServer({ ...timeouts, requireHostHeader: false }, (request, response) => {
    // Only the other road ends connections while the server stops.
    if (isStopping || !site.answerAtOnce(request, response, passOn)) void listener(request, response)
  })
  refuseUnreadable(server, headers)
  return {
    url: await listening(server, listen),
    drain: () => {
      isStopping = true
    },
    stop: (grace) => {
      isStopping = true
      return stopped(server, streams, grace)
    },
  }
}

interface OpenStream {
  end(): void
  once(event: 'close', listener: () => void): unknown
}

function keepWhileOpen(streams: Set<{ end(): void }>, stream: OpenStream): void {
  streams.add(stream)
  stream.once('close', () => streams.delete(stream))
}

function isStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') ?? false
}

function listening(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new StartError(whyNot(error, host, port))))
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo
      resolve(`http://${nameOf(host, address)}:${address.port}`)
    })
  })
}

/** `localhost` is kept as it was asked for: what a browser shows must be what it opens. */
function nameOf(host: string, { address, family }: AddressInfo): string {
  if (host === 'localhost') return host
  return family === 'IPv6' ? `[${address}]` : address
}

function whyNot(error: NodeJS.ErrnoException, host: string, port: number): string {
  const where = `${host}:${port}`
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken by another program; choose another with --port or LATCHKEY_PORT.`
    case 'EACCES':
      return `This user may not listen on ${where}; choose a port above 1023.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine; check LATCHKEY_HOST.`
    default:
      return `Listening on ${where} failed: ${error.code ?? error.message}.`
  }
}

async function stopped(
  server: Server,
  streams: ReadonlySet<{ end(): void }>,
  graceMilliseconds: number,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const stream of streams) stream.end()
  server.closeIdleConnections()
  const cut = setTimeout(() => server.closeAllConnections(), graceMilliseconds)
  await closed
  clearTimeout(cut)
}
