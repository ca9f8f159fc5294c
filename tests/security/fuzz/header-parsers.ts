import { isIP } from 'node:net'
import { checkDevice } from '../../../packages/latchkey/src/operations/session-device.ts'
import { userAgentSignal } from '../../../packages/latchkey/src/signals/user-agent.ts'
import { bearerToken } from '../../../packages/latchkey/src/transport/bearer-token.ts'
import {
  clientAddress,
  parseTrustedProxies,
} from '../../../packages/latchkey/src/transport/client-address.ts'
import { readDeviceCookie, tokensPerBrowser } from '../../../packages/latchkey/src/transport/device-cookie.ts'
import { hasDotSegments } from '../../../packages/latchkey/src/transport/dot-segments.ts'
import type { ForwardedHeader } from '../../../packages/latchkey/src/transport/forwarded-hops.ts'
import { parsePublicUrl } from '../../../packages/latchkey/src/transport/public-address.ts'
import { cookieValues } from '../../../packages/latchkey/src/transport/session-cookie.ts'
import { expectThat, type FuzzedParser, textOf } from './fuzzed-parser.ts'
import { deviceToken, sessionToken } from './good-examples.ts'

const address = parsePublicUrl('https://sessions.example.com')
const trusted = parseTrustedProxies(['10.0.0.0/8', '::1', '2001:db8::/32'])
const cookieName = address.cookieName

const cookies = textOf(
  [
    cookieName,
    '__Host-',
    'latchkey',
    'other=1',
    '; ',
    ';',
    '$Version=1',
    `${cookieName}=`,
    `"${sessionToken}"`,
  ],
  [`${cookieName}=${sessionToken}`, `a=b; ${cookieName}=${sessionToken}; c=d`],
)

const hops = [
  '1.2.3.4',
  '10.0.0.1',
  '[2001:db8::1]:443',
  '::ffff:1.2.3.4',
  'unknown',
  '_hidden',
  'for=',
  'by=',
  ';',
  ', ',
]

function forwarded(kind: ForwardedHeader, examples: readonly string[]): FuzzedParser {
  return {
    name: kind,
    input: textOf(hops, examples),
    read(text) {
      for (const remote of ['10.0.0.2', '203.0.113.9', null]) {
        const client = clientAddress(remote, text, trusted, kind)
        expectThat(client === null || isIP(client) !== 0, `${client} is no address`)
        if (remote === '203.0.113.9') expectThat(client === remote, 'a stranger was believed')
      }
    },
    beginnings: ['for=', 'for="', '['],
    repeated: ['1.2.3.4, ', ',', 'for="', 'for=[::1]', '\\"', ' ', '[', ':', 'for=a;', '10.0.0.1,'],
  }
}

/** What is read of the headers of a request. */
export const headerParsers: readonly FuzzedParser[] = [
  {
    name: 'cookie',
    input: cookies,
    read(text) {
      const values = cookieValues(text, cookieName)
      const wanted = text
        .split(';')
        .map((pair) => pair.replace(/^ +/, ''))
        .filter((pair) => pair.startsWith(`${cookieName}=`))
        .map((pair) => pair.slice(cookieName.length + 1).replace(/^[ \t]+|[ \t]+$/g, ''))
      expectThat(JSON.stringify(values) === JSON.stringify(wanted), JSON.stringify({ values, wanted }))
    },
    beginnings: [`${cookieName}=`, `a="`],
    repeated: [';', ' ', '=', `${cookieName}=`, `${cookieName};`, '; ', 'a=b; ', '\t'],
  },
  {
    name: 'device cookie',
    input: textOf(
      [`${cookieName}-device=`, '~', 'dev_', deviceToken, '; '],
      [`${cookieName}-device=${deviceToken}~${deviceToken}`, `${cookieName}-device=${deviceToken}`],
    ),
    read(text) {
      const { tokens, isPlanted } = readDeviceCookie(text, address)
      expectThat(tokens.length <= tokensPerBrowser, 'more tokens than there may be')
      expectThat(!isPlanted || tokens.length === 0, 'a planted cookie was believed')
      expectThat(
        tokens.every((token) => text.includes(token)),
        'a token that nobody sent',
      )
    },
    beginnings: [`${cookieName}-device=`],
    repeated: ['~', `${deviceToken}~`, `${cookieName}-device=~`, ';'],
  },
  {
    name: 'bearer token',
    input: textOf(
      ['Bearer', 'bearer ', 'Basic ', '=', ' ', ',', 'realm='],
      [`Bearer ${sessionToken}`, 'bearer  a.b==  '],
    ),
    read(text) {
      const bearer = bearerToken(text)
      if (bearer.kind === 'present')
        expectThat(/^[\w\-.~+/]+=*$/.test(bearer.token) && text.includes(bearer.token), bearer.token)
    },
    beginnings: ['Bearer ', 'Bearer a'],
    repeated: [' ', '=', 'a', 'Bearer ', 'a='],
  },
  forwarded('x-forwarded-for', ['203.0.113.7, 10.0.0.1', '2001:db8::7, [::1]:80']),
  forwarded('forwarded', [
    'for=192.0.2.60;proto=http;by=203.0.113.43',
    'for="[2001:db8:cafe::17]:4711", for=_a',
  ]),
  {
    name: 'target of a request',
    input: textOf(
      ['/', '..', '%2e', '\\', '?', '#', '%2E%2e', './'],
      ['/api/v1/forward-auth/../x', '/a/%2e%2e/b?c=/../'],
    ),
    read(text) {
      const url = URL.parse(`http://a${text.startsWith('/') ? '' : '/'}${text}`)
      const path = text.split(/[?#]/, 1)[0] ?? ''
      // Whatever a parser of URLs would take out is found.
      const isShortened =
        url !== null && /(^|\/)\.\.?($|\/)/.test(path.replaceAll('\\', '/')) && path.startsWith('/')
      if (isShortened) expectThat(hasDotSegments(text), 'a segment of dots was not seen')
      else hasDotSegments(text)
    },
    beginnings: ['/', '/a?'],
    repeated: ['/', '/.', '../', '%2e', '\\', '?', '/%2'],
  },
  {
    name: 'user agent and client hints',
    input: textOf(
      [
        'Mozilla/5.0 (',
        ')',
        '; ',
        'Windows NT 10.0',
        'AppleWebKit/537.36',
        '"',
        '?1',
        'v="',
        'Chrome/',
        '(',
        'bot',
      ],
      [
        'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
        '"Chromium";v="142", "Not_A Brand";v="99", "Google Chrome";v="142"',
      ],
    ),
    read(text) {
      const half = Math.floor(text.length / 2)
      const clientHints = {
        'sec-ch-ua': text,
        'sec-ch-ua-full-version-list': text.slice(half),
        'sec-ch-ua-platform': text,
        'sec-ch-ua-mobile': text.slice(0, 4),
        'sec-ch-ua-form-factors': text,
        'sec-ch-ua-model': text,
        'sec-ch-ua-platform-version': text,
      }
      checkDevice(userAgentSignal.sense({ ipAddress: null, userAgent: text, clientHints }))
      checkDevice(userAgentSignal.sense({ ipAddress: null, userAgent: text, clientHints: null }))
    },
    beginnings: ['Mozilla/5.0 (', '"a";v="', 'Mozilla/5.0 (Linux; Android 10; '],
    repeated: ['(', ';', '"', ' ', 'Mozilla/', ',"a";v="1"', 'a/1 ', '\\"', '?'],
  },
]
