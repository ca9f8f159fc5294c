import type { IncomingMessage, ServerResponse } from 'node:http'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { unusableRequest } from '../transport/admission.ts'
import { hasDotSegments } from '../transport/dot-segments.ts'
import type { ConnectionFacts } from '../transport/request-head.ts'

/** What `createSessionsApi` makes, as far as mounting needs it. */
export interface MountableApi {
  fetch(request: Request, connection?: ConnectionFacts): Promise<Response>
}

/** A request of `node:http`; Express keeps the path from before it was mounted in `originalUrl`. */
export type NodeRequest = IncomingMessage & { readonly originalUrl?: string }

const unknownToFetch: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK'])

export function connectionOf(request: IncomingMessage): ConnectionFacts {
  return { remoteAddress: request.socket.remoteAddress ?? null }
}

/** Answers a request of `node:http` through the API. The request is cancelled when the client goes away. */
export async function serveNode(
  api: MountableApi,
  incoming: NodeRequest,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const request = toRequest(incoming, gone.signal)
  const response = request === null ? unusableRequest() : await api.fetch(request, connectionOf(incoming))
  await sendResponse(response, outgoing)
  // What nobody read of the body stands before the next request of the connection.
  incoming.unpipe()
  incoming.resume()
}

/** Writes a whole answer. A client that goes away half-way is no error; its stream is cancelled. */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.statusCode = response.status
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value)
  if (response.body === null) {
    outgoing.end()
    return
  }
  outgoing.flushHeaders()
  await pipeline(Readable.fromWeb(response.body as never), outgoing).catch(() => outgoing.destroy())
}

/** Null for what HTTP allows and Fetch does not: `TRACE`, and `*`, a broken address or a path with `..` as the target. */
function toRequest(incoming: NodeRequest, signal: AbortSignal): Request | null {
  const headers = new Headers()
  const { rawHeaders, method = 'GET' } = incoming
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
  }
  const path = incoming.originalUrl ?? incoming.url ?? '/'
  const url = path.startsWith('/') ? `http://localhost${path}` : path
  if (!URL.canParse(url) || hasDotSegments(url) || unknownToFetch.has(method)) return null
  const hasBody = method !== 'GET' && method !== 'HEAD' && !incoming.readableEnded
  const body = hasBody ? { body: bodyOf(incoming), duplex: 'half' } : {}
  return new Request(url, { method, headers, signal, ...body })
}

/** The body by way of a stream that can be let go: one that is read from `incoming` itself holds it for good. */
function bodyOf(incoming: IncomingMessage): ReadableStream {
  const body = new PassThrough()
  incoming.pipe(body)
  incoming.once('close', () => {
    if (!incoming.complete) body.destroy(new Error('The client broke off.'))
  })
  return Readable.toWeb(body) as ReadableStream
}
