import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readPlainRequest } from './credential-headers.ts'

const host = ['Host', 'app.example.com']
const noBody = { contentType: null, contentLength: null, transferEncoding: null }
const none = {
  host: 'app.example.com',
  cookie: null,
  authorization: null,
  activity: null,
  purpose: null,
  ...noBody,
}

it('finds what counts, however its name is written, among everything else', () => {
  const others = ['Accept', '*/*', 'Origin', 'null', 'User-Agent', 'x', 'X-Forwarded-For', '192.0.2.1']
  const own = [
    'COOKIE',
    'a=1',
    'authorization',
    'Bearer x',
    'x-latchkey-Activity',
    'background',
    'Sec-Purpose',
    'prefetch',
  ]
  expect(readPlainRequest([...others, ...own, ...host])).toEqual({
    host: 'app.example.com',
    cookie: 'a=1',
    authorization: 'Bearer x',
    activity: 'background',
    purpose: 'prefetch',
    ...noBody,
  })
  expect(readPlainRequest([...host, ...others])).toEqual(none)
})

it('joins what came several times as `Headers` does', () => {
  const name = fc.constantFrom('Cookie', 'cookie', 'Authorization', 'X-Latchkey-Activity', 'Accept')
  const value = fc.constantFrom('a=1', 'b', 'c; d', '')
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
      const headers = new Headers(pairs)
      expect(readPlainRequest([...host, ...pairs.flat()])).toEqual({
        host: 'app.example.com',
        cookie: headers.get('cookie'),
        authorization: headers.get('authorization'),
        activity: headers.get('x-latchkey-activity'),
        purpose: headers.get('sec-purpose'),
        ...noBody,
      })
    }),
  )
})

it('tells of a body, whose type may be named once only', () => {
  const headers = ['Content-Type', 'application/json', 'content-type', 'text/plain', 'Content-Length', '1']
  expect(readPlainRequest([...host, ...headers, 'Transfer-Encoding', 'chunked'])).toEqual({
    ...none,
    contentType: 'application/json, text/plain',
    contentLength: '1',
    transferEncoding: 'chunked',
  })
})

it('a request without a host, or with two, is for somebody else', () => {
  expect(readPlainRequest([])).toBeNull()
  expect(readPlainRequest([...host, 'Accept', '*/*', ...host])).toBeNull()
})
