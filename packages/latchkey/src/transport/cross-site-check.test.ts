import { describe, expect, it } from 'vitest'
import { parseAllowedOrigins } from './allowed-origins.ts'
import { mayActByCookie, mayObtainCookie, requestSite } from './cross-site-check.ts'

const own = 'https://app.example.com'
const sibling = 'https://admin.example.com'
const ours = { origin: own, allowedOrigins: parseAllowedOrigins([]) }

interface Row {
  readonly site: string | null
  readonly origin: string | null
  readonly from: 'own' | 'foreign' | 'unknown'
}

const origins = [own, 'https://evil.example.net', 'https://api.app.example.com', 'null', null]

/** Fetch Metadata decides where it is there, whatever `Origin` says: no script can set it. */
const bySite: readonly Row[] = [
  ['same-origin', 'own'] as const,
  ['none', 'own'] as const,
  ['same-site', 'foreign'] as const,
  ['cross-site', 'foreign'] as const,
  ['SAME-ORIGIN', 'foreign'] as const,
  ['same-origin, cross-site', 'foreign'] as const,
  ['', 'foreign'] as const,
].flatMap(([site, from]) => origins.map((origin) => ({ site, origin, from })))

const byOrigin: readonly Row[] = (
  [
    [own, 'own'],
    ['https://evil.example.net', 'foreign'],
    ['https://sub.app.example.com', 'foreign'],
    ['https://app.example.com:8443', 'foreign'],
    ['http://app.example.com', 'foreign'],
    ['https://app.example.com/', 'foreign'],
    ['https://APP.example.com', 'foreign'],
    ['https://app.example.com.evil.example.net', 'foreign'],
    [`${own}, https://evil.example.net`, 'foreign'],
    ['null', 'foreign'],
    ['', 'foreign'],
    [null, 'unknown'],
  ] as const
).map(([origin, from]) => ({ site: null, origin, from }))

const head = (method: string, { site, origin }: Row, more: Record<string, string> = {}) => ({
  method,
  headers: {
    ...(site === null ? {} : { 'sec-fetch-site': site }),
    ...(origin === null ? {} : { origin }),
    ...more,
  },
})

describe.each([...bySite, ...byOrigin])('Sec-Fetch-Site $site, Origin $origin', (row) => {
  it(`comes from ${row.from}`, () => {
    expect(requestSite(head('POST', row), ours)).toBe(row.from)
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'get'])(
    'may or may not act by cookie with %s',
    (method) => {
      expect(mayActByCookie(head(method, row), ours)).toBe(row.from === 'own')
      expect(mayObtainCookie(head(method, row), ours)).toBe(row.from !== 'foreign')
    },
  )

  it.each(['GET', 'HEAD', 'OPTIONS'])('may read with %s', (method) => {
    expect(mayActByCookie(head(method, row), ours)).toBe(true)
  })

  it('opens a WebSocket only as an own request', () => {
    const handshake = head('GET', row, { upgrade: 'WebSocket' })
    expect(mayActByCookie(handshake, ours)).toBe(row.from === 'own')
  })
})

describe('an origin that is allowed by name', () => {
  const allowing = { origin: own, allowedOrigins: parseAllowedOrigins([sibling]) }
  const from = (origin: string | null, site: string | null = 'same-site') =>
    requestSite(head('POST', { site, origin, from: 'own' }), allowing)

  it('acts like our own, with Fetch Metadata and without', () => {
    expect([from(sibling), from(sibling, 'cross-site'), from(sibling, null)]).toEqual(['own', 'own', 'own'])
  })

  it('opens the door for nobody beside it', () => {
    for (const origin of [
      `${sibling}.evil.example.net`,
      `${sibling}:8443`,
      `${sibling}/`,
      'null',
      '',
      null,
    ]) {
      expect(from(origin)).toBe('foreign')
    }
    expect(from('http://admin.example.com', null)).toBe('foreign')
  })
})

it.each(['websocket', 'WebSocket', 'h2c, websocket', 'websocket , h2c'])(
  'the handshake of a WebSocket is known in the list %j',
  (upgrade) => {
    expect(mayActByCookie({ method: 'GET', headers: { upgrade } }, ours)).toBe(false)
  },
)
