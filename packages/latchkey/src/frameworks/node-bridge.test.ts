import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { serveNode } from './node-bridge.ts'

let server: Server
let answer: (request: Request) => Promise<Response>

beforeEach(async () => {
  server = createServer((incoming, outgoing) => {
    void serveNode({ fetch: (request) => answer(request) }, incoming, outgoing)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
})

afterEach(async () => {
  server.closeAllConnections()
  await once(server.close(), 'close')
})

function open() {
  return connect((server.address() as AddressInfo).port, '127.0.0.1')
}

/** Sends the text as it is and brings everything that comes back until the server closes. */
async function raw(text: string): Promise<string> {
  const socket = open()
  socket.end(text)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1')
}

const lines = (...parts: string[]) => `${parts.join('\r\n')}\r\n\r\n`

it('passes method, path, headers, body and several cookies on, both ways', async () => {
  answer = async (request) => {
    const headers = new Headers({ 'x-seen': `${request.method} ${new URL(request.url).pathname}` })
    headers.append('set-cookie', 'a=1')
    headers.append('set-cookie', 'b=2')
    return new Response(`${request.headers.get('cookie')}|${await request.text()}`, { status: 201, headers })
  }
  const port = (server.address() as AddressInfo).port
  const response = await fetch(`http://127.0.0.1:${port}/a%20b`, {
    method: 'PUT',
    headers: { cookie: 'c=3' },
    body: 'body',
  })
  expect([response.status, response.headers.get('x-seen')]).toEqual([201, 'PUT /a%20b'])
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect(await response.text()).toBe('c=3|body')
})

it('a header that came twice is seen twice, though Node itself would keep the first', async () => {
  answer = async (request) => new Response(request.headers.get('authorization'))
  const text = await raw(
    lines(
      'GET / HTTP/1.1',
      'Host: a',
      'Connection: close',
      'Authorization: Bearer a',
      'Authorization: Bearer b',
    ),
  )
  expect(text).toContain('Bearer a, Bearer b')
})

it('a path that looks like another host stays a path', async () => {
  answer = async (request) => new Response(request.url)
  expect(await raw(lines('GET //evil.example.net/x HTTP/1.1', 'Host: a', 'Connection: close'))).toContain(
    'http://localhost//evil.example.net/x',
  )
})

it.each(['TRACE / HTTP/1.1', 'OPTIONS * HTTP/1.1', 'GET http://[ HTTP/1.1', 'GET /gate/%2e./open HTTP/1.1'])(
  '%s, which Fetch does not know or makes another of, is 400 and hangs nothing',
  async (line) => {
    answer = () => Promise.reject(new Error('must not be asked'))
    expect(await raw(lines(line, 'Host: a', 'Connection: close'))).toMatch(
      /^HTTP\/1\.1 400 [\s\S]*application\/problem\+json/,
    )
  },
)

it('an answer that does not wait for the body leaves the connection fit for the next request', async () => {
  answer = async (request) => new Response(request.method, { status: request.method === 'POST' ? 401 : 200 })
  const size = 2_000_000
  const post = lines('POST / HTTP/1.1', 'Host: a', `Content-Length: ${size}`) + 'x'.repeat(size)
  const text = await raw(post + lines('GET / HTTP/1.1', 'Host: a', 'Connection: close'))
  expect(text).toMatch(/^HTTP\/1\.1 401 /)
  expect(text).toMatch(/HTTP\/1\.1 200 /)
})

it('a client that breaks off in the middle of its body is seen by the reader and harms nobody else', async () => {
  const seen = Promise.withResolvers<string>()
  answer = async (request) => {
    await request.text().then(
      () => seen.resolve('whole'),
      () => seen.resolve('broken off'),
    )
    return new Response(null, { status: 400 })
  }
  const socket = open()
  socket.write(`${lines('POST / HTTP/1.1', 'Host: a', 'Content-Length: 100')}half`)
  await once(server, 'request')
  socket.destroy()
  expect(await seen.promise).toBe('broken off')
  answer = async () => new Response('fine')
  expect(await raw(lines('GET / HTTP/1.1', 'Host: a', 'Connection: close'))).toContain('fine')
})

it('a client that leaves cancels the request and the body of the answer', async () => {
  const [aborted, cancelled] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  answer = async (request) => {
    request.signal.addEventListener('abort', () => aborted.resolve())
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('first')),
      cancel: () => cancelled.resolve(),
    })
    return new Response(body)
  }
  const socket = open()
  socket.write(lines('GET / HTTP/1.1', 'Host: a'))
  await once(socket, 'data')
  socket.destroy()
  await Promise.all([aborted.promise, cancelled.promise])
})
