import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ConnectionFacts } from '../transport/request-head.ts'

/** What `createSessionsApi` makes, as far as mounting needs it. */
export interface MountableApi {
  fetch(request: Request, connection?: ConnectionFacts): Promise<Response>
}

/** A request of `node:http`; Express keeps the path from before it was mounted in `originalUrl`. */
export type NodeRequest = IncomingMessage & { readonly originalUrl?: string }

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
  const response = await api.fetch(toRequest(incoming, gone.signal), connectionOf(incoming))
  await sendResponse(response, outgoing)
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

function toRequest(incoming: NodeRequest, signal: AbortSignal): Request {
  const headers = new Headers()
  const { rawHeaders, method = 'GET' } = incoming
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
  }
  const path = incoming.originalUrl ?? incoming.url ?? '/'
  const url = path.startsWith('/') ? `http://localhost${path}` : path
  const hasBody = method !== 'GET' && method !== 'HEAD' && !incoming.readableEnded
  if (!hasBody) return new Request(url, { method, headers, signal })
  return new Request(url, {
    method,
    headers,
    signal,
    body: Readable.toWeb(incoming) as never,
    duplex: 'half',
  } as RequestInit)
}
