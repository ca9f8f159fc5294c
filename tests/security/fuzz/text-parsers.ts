import { formatFilter, instantOf, LatchkeyError, parseFilter, type Sessions } from 'latchkey'
import { canonicalAddress } from '../../../packages/latchkey/src/foundation/ip-address.ts'
import { isSignedFor, readAlertToken } from '../../../packages/latchkey/src/model/alert-token.ts'
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
import { alertId, alertToken, deviceToken, sessionId, sessionToken } from './good-examples.ts'

const key = new Uint8Array(32).fill(3)
const noon = instantOf(Date.parse('2026-06-01T12:00:00Z'))
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
    name: 'filter of sessions',
    input: textOf(
      [
        ...['user:', 'country:', '-type:', 'browser:', 'created:', 'active:', 'ip:', 'risk:', 'state:'],
        ...['>=', '<', '..', '7d', '2026-11-01', 'NO', 'live', 'AS64500', '192.0.2.0/24', '-', ':'],
      ],
      ['country:NO,SE -type:bot active:>30d', 'browser:"Mobile Safari" created:2026-11-01..2026-11-08 ann'],
    ),
    read(text) {
      const reading = parseFilter(text, noon)
      if (reading.kind === 'fault') {
        expectThat(reading.fault.position <= text.length, 'a word outside of the text')
        return
      }
      const again = parseFilter(formatFilter(reading.filter), instantOf(0))
      expectThat(JSON.stringify(again) === JSON.stringify(reading), `${text} is not what was written of it`)
    },
    beginnings: ['browser:"', 'country:', 'created:'],
    repeated: [' ', '"', '\\', ',', '-', 'a:', '..', 'a ', 'NO,', '>'],
  },
  {
    name: 'token of an alert',
    input: textOf(['alr_', '.', 'a', 'A', '0', '=', '-', '_', alertId], [alertToken, alertId]),
    read(text) {
      const claimed = readAlertToken(text)
      if (claimed === null) return
      const again = `${claimed.alertId}.${claimed.expiresAt.toString(36)}.${claimed.signature}`
      expectThat(again === text, `${text} is another way to write ${again}`)
      expectThat(!isSignedFor(key, claimed, 'ann'), `${text} is signed`)
    },
    beginnings: ['alr_', `${alertId}.`],
    repeated: ['a', '0', '.', 'alr_'],
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

/** What is taken has the shape of what a page comes with: anything else would be a query that nobody meant. */
async function declared(text: string, shape: RegExp, work: Promise<unknown>): Promise<void> {
  try {
    await work
    expectThat(shape.test(text), `${JSON.stringify(text)} was taken`)
  } catch (error) {
    if (!(error instanceof LatchkeyError && error.code === 'invalid-argument')) throw error
  }
}

/** What a storage reads, which needs one. */
export function storageParsers(name: string, sessions: Sessions): readonly FuzzedParser[] {
  const cursors = textOf(
    ['0', '9', '.', 'ses_', '-', sessionId, '1e3'],
    [`1764360000000.${sessionId}`, '12345', '999999999999999'],
  )
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
      name: `cursor of alerts (${name})`,
      input: textOf(['0', '9', '.', 'alr_', '-', alertId, '1e3'], [`1764360000000.${alertId}`, '12345']),
      read: (cursor) =>
        declared(cursor, /^\d{1,16}\.alr_[a-z2-7]{26}$/, sessions.listAlerts({}, { cursor, limit: 2 })),
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
