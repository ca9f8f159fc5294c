import { expect, it } from 'vitest'
import { parseTrustedProxies } from './client-address.ts'
import { requestFacts } from './request-facts.ts'

const head = {
  method: 'GET',
  headers: {
    'user-agent': 'Agent/1.0',
    'x-forwarded-for': '192.0.2.1',
    'sec-ch-ua-platform': '"macOS"',
    'sec-ch-ua-mobile': '?0',
    cookie: 'a=b',
  },
}

it('brings address, user agent and client hints, and nothing else', () => {
  expect(requestFacts(head, { remoteAddress: '10.0.0.1' }, parseTrustedProxies(['10.0.0.0/8']))).toEqual({
    ipAddress: '192.0.2.1',
    userAgent: 'Agent/1.0',
    clientHints: { 'sec-ch-ua-mobile': '?0', 'sec-ch-ua-platform': '"macOS"' },
  })
})

it('says null where nothing is known', () => {
  const nothing = { ipAddress: null, userAgent: null, clientHints: null }
  expect(requestFacts({ headers: new Headers() }, { remoteAddress: null }, [])).toEqual(nothing)
})

it('cuts over-long headers', () => {
  const long = { headers: { 'user-agent': 'a'.repeat(100_000), 'sec-ch-ua': 'b'.repeat(100_000) } }
  const facts = requestFacts(long, { remoteAddress: null }, [])
  expect(facts.userAgent).toHaveLength(1_024)
  expect(facts.clientHints?.['sec-ch-ua']).toHaveLength(1_024)
})
