import { LatchkeyError, type Sessions } from 'latchkey'
import { canonicalAddress } from '../../../packages/latchkey/src/foundation/ip-address.ts'
import { deviceOfTokens, isDeviceToken } from '../../../packages/latchkey/src/model/device-token.ts'
import {
  formatToken,
  hashToken,
  isSessionId,
  parseToken,
} from '../../../packages/latchkey/src/model/session-token.ts'
import { ConfigurationError } from '../../../packages/server/src/configuration/configuration-error.ts'
import { readPolicyRules } from '../../../packages/server/src/configuration/policy-rules.ts'
import { expectThat, type FuzzedParser, textOf } from './fuzzed-parser.ts'
import { deviceToken, sessionId, sessionToken } from './good-examples.ts'

const key = new Uint8Array(32).fill(3)
const tokens = textOf(
  ['ses_', 'dev_', '.', 'a', 'A', '=', sessionId, '-', '_'],
  [sessionToken, deviceToken, sessionId],
)

/** What is read of tokens, ids and rules, wherever they stand. */
export const textParsers: readonly FuzzedParser[] = [
  {
    name: 'session token',
    input: tokens,
    read(text) {
      const token = parseToken(text)
      expectThat((token === null) === (hashToken(text) === null), 'the two readers do not agree')
      // One token has one spelling.
      if (token !== null) expectThat(formatToken(token) === text && isSessionId(token.id), text)
    },
    beginnings: ['ses_', sessionToken],
    repeated: ['ses_', '.', 'a', 'A', '='],
  },
  {
    name: 'device token',
    input: tokens,
    read(text) {
      const found = deviceOfTokens(key, [text], 'user')
      expectThat(found === null, 'a token that nobody signed')
      if (isDeviceToken(text)) expectThat(text.length === 51, text)
    },
    beginnings: ['dev_', deviceToken],
    repeated: ['dev_', 'a', '.', 'A'],
  },
  {
    name: 'address',
    input: textOf(
      ['::', 'ffff:', '1.2.3.4', '%eth0', '/64', ':', '0'],
      ['2001:db8::1', '::ffff:192.0.2.1', '192.0.2.1'],
    ),
    read(text) {
      const address = canonicalAddress(text)
      if (address !== null)
        expectThat(canonicalAddress(address) === address, `${address} has another spelling`)
    },
    beginnings: ['::', 'fe80::1%', '1.'],
    repeated: [':', '1:', '1.', '%', ' ', '::1'],
  },
  {
    name: 'rules of the policy',
    input: textOf(
      [
        '[',
        ']',
        '{',
        '}',
        '"name":',
        '"when":{}',
        '"idle_timeout_seconds":',
        '1',
        '-1',
        '1e999',
        'null',
        ',',
        '"__proto__":{}',
      ],
      [
        '[{"name":"strict","when":{"roles":["admin"]},"idle_timeout_seconds":900}]',
        '[{"name":"a","when":{"assurance":["aal1"],"device_trust":"untrusted"},"session_limit":1}]',
      ],
    ),
    async read(text) {
      // What does not begin like JSON is the path of a file.
      if (!/^\s*[[{]/.test(text)) return
      try {
        await readPolicyRules(text, 'rules', '/')
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error
      }
    },
    beginnings: ['[', '[{"name":"', '{'],
    repeated: ['[', '{"a":', '[{},', '"', ' '],
  },
]

/** What a storage reads, which needs one. */
export function storageParsers(name: string, sessions: Sessions): readonly FuzzedParser[] {
  const cursors = textOf(
    ['0', '9', '.', 'ses_', '-', sessionId, '1e3'],
    [`1764360000000.${sessionId}`, '12345', '999999999999999'],
  )
  /** What is taken has the shape of what a page comes with: anything else would be a query that nobody meant. */
  const declared = async (text: string, shape: RegExp, work: Promise<unknown>): Promise<void> => {
    try {
      await work
      expectThat(shape.test(text), `${JSON.stringify(text)} was taken`)
    } catch (error) {
      if (!(error instanceof LatchkeyError && error.code === 'invalid-argument')) throw error
    }
  }
  const repeated = ['0', '.', 'ses_', 'a', '1']
  return [
    {
      name: `cursor of sessions (${name})`,
      input: cursors,
      read: (cursor) =>
        declared(cursor, /^\d{1,16}\.ses_[a-z2-7]{24}$/, sessions.listSessions({}, { cursor, limit: 2 })),
      repeated,
    },
    {
      name: `cursor of events (${name})`,
      input: cursors,
      read: (cursor) => declared(cursor, /^\d{1,15}$/, sessions.listEvents({}, { cursor, limit: 2 })),
      repeated,
    },
    {
      name: `head of the audit log (${name})`,
      input: textOf(['1', ':', 'a', 'ff', '0x'], [`12345:${'9f'.repeat(32)}`, '1:00']),
      read: (expectedHead) =>
        declared(expectedHead, /^\d+:[0-9a-f]{64}$/, sessions.verifyAudit({ expectedHead })),
      repeated: ['1', ':', 'f'],
    },
  ]
}
