import fc from 'fast-check'
import { expect, it } from 'vitest'
import { activityIn } from './activity.ts'
import { bearerToken } from './bearer-token.ts'
import { clientAddress, parseTrustedProxies } from './client-address.ts'
import { credentialIn } from './credential.ts'
import { readPlainRequest } from './credential-headers.ts'
import { isUnsafe, requestSite } from './cross-site-check.ts'
import { readDeviceCookie } from './device-cookie.ts'
import { hasDotSegments } from './dot-segments.ts'
import { forwardedHops } from './forwarded-hops.ts'
import { encodeHeaderText } from './header-text.ts'
import { parsePublicUrl } from './public-address.ts'
import { requestSource, sourceNames } from './request-source.ts'

const address = parsePublicUrl('https://app.example.com')
const everybody = parseTrustedProxies(['0.0.0.0/0', '::/0'])
const nameOf = sourceNames(new Uint8Array(32).fill(7))

const piece = fc.constantFrom(
  ...[
    '',
    ' ',
    '\t',
    ';',
    '=',
    ',',
    '"',
    '\\',
    '\0',
    '\r\n',
    '\u00a0',
    '\ud800',
    '💥',
    '%00',
    '~',
    '.',
    ':',
    '[',
  ],
  ...[
    'for=',
    'for="[',
    'by=',
    '1.2.3.4',
    '::1',
    '::ffff:1.2.3.4',
    'fe80::1%eth0',
    '999.1.1.1',
    ':443',
    'unknown',
  ],
  ...[
    '__Host-latchkey=',
    '__Host-latchkey-device=',
    'latchkey=',
    'Bearer ',
    'ses_',
    'dev_',
    '../',
    '%2e%2e',
    '$(',
  ],
)
const hostile = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

it('no header of any make is more than an answer to the one question that is asked of it', () => {
  fc.assert(
    fc.property(hostile, hostile, (text, other) => {
      expect(['none', 'cookie', 'bearer', 'malformed', 'both', 'planted']).toContain(
        credentialIn(text, other, address).kind,
      )
      expect(['absent', 'present', 'malformed']).toContain(bearerToken(text).kind)
      expect(['own', 'foreign', 'unknown']).toContain(
        requestSite({ headers: { origin: text, 'sec-fetch-site': other } }, address),
      )
      expect(typeof isUnsafe({ method: text, headers: { upgrade: other } })).toBe('boolean')
      expect(['user', 'background']).toContain(activityIn(text, other))
      expect(typeof hasDotSegments(text)).toBe('boolean')
      expect(readDeviceCookie(text, address).tokens.length).toBeLessThanOrEqual(8)
      expect(encodeHeaderText(text)).toMatch(/^[\x21-\x7e]*$/)
      expect(readPlainRequest(['Host', text, other, text])).toBeDefined()
    }),
    { numRuns: 3_000 },
  )
})

it('whatever proxies are said to have said, what comes out is an address in its one spelling, or none', () => {
  const kind = fc.constantFrom('x-forwarded-for', 'forwarded')
  fc.assert(
    fc.property(hostile, hostile, kind, (remote, header, which) => {
      expect(Array.isArray(forwardedHops(which, header))).toBe(true)
      for (const socket of [remote, '192.0.2.1', null]) {
        const client = clientAddress(socket, header, everybody, which)
        if (client === null) continue
        expect(clientAddress(client, null, [])).toBe(client)
        expect(requestSource(client)).toMatch(/^([\d.]+|[\da-f:]+\/64)$/)
        expect(nameOf(client)).toMatch(/^src_[\w-]{16}$/)
      }
    }),
    { numRuns: 3_000 },
  )
})
