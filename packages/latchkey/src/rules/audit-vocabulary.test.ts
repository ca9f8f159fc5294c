import { describe, expect, it } from 'vitest'
import { forever } from '../model/cut-off.ts'
import { endReasons } from '../model/session.ts'
import { sessionEventTypes } from '../model/session-event.ts'
import { describeEvent } from './audit-vocabulary.ts'

const plain = { reason: null, after: null }

/** Of the OWASP Logging Vocabulary Cheat Sheet, as far as it is used here. */
const vocabulary = [
  'authn_login_fail',
  'authn_login_fail_max',
  'authn_login_lock',
  'authn_login_success',
  'authn_password_change',
  'authn_password_change_fail',
  'authn_token_created',
  'authn_token_reuse',
  'authn_token_revoked',
  'authz_fail',
  'excess_rate_limit_exceeded',
  'malicious_cors',
  'malicious_direct_reference',
  'malicious_extraneous',
  'privilege_permissions_changed',
  'session_created',
  'session_expired',
  'session_renewed',
  'user_created',
  'user_deleted',
  'user_updated',
]

const variants = [
  ...sessionEventTypes.map((type) => ({ ...plain, type })),
  ...endReasons.map((reason) => ({ ...plain, type: 'session.ended' as const, reason })),
  ...['cross-site', 'two-credentials', 'planted-cookie', 'direct-reference', 'forbidden'].map((kind) => ({
    ...plain,
    type: 'request.refused' as const,
    after: { kind },
  })),
  ...['rotation', 'reauthentication', 'privilege-change'].map((cause) => ({
    ...plain,
    type: 'session.renewed' as const,
    after: { cause },
  })),
]

describe('an event', () => {
  it.each(variants)(
    '$type, $reason, $after has a name of the vocabulary or none, and a sentence',
    (event) => {
      const { name, level, sentence } = describeEvent(event)
      if (name !== null) expect(vocabulary).toContain(name)
      expect(['INFO', 'WARN', 'CRITICAL']).toContain(level)
      expect(sentence).toMatch(/^[A-Z].*\.$/)
    },
  )

  it('of a stolen token and of another site is critical', () => {
    expect(describeEvent({ ...plain, type: 'session.ended', reason: 'token-reuse' })).toMatchObject({
      name: 'authn_token_reuse',
      level: 'CRITICAL',
    })
    const refused = { ...plain, type: 'request.refused', after: { kind: 'cross-site' } } as const
    expect(describeEvent(refused)).toMatchObject({ name: 'malicious_cors', level: 'CRITICAL' })
  })

  it('of a session that was pending until then says that the factor was proved', () => {
    const created = {
      ...plain,
      type: 'session.created',
      after: { cause: 'factor', completes: 'ses_a' },
    } as const
    expect(describeEvent(created)).toMatchObject({
      name: 'session_created',
      sentence: expect.stringContaining('factor'),
    })
  })

  it('of a user who is disabled is not one of a user whose sessions were ended', () => {
    const cutOff = (not_before: number) =>
      describeEvent({ ...plain, type: 'cut-off.set', after: { scope: 'user', not_before } }).name
    expect([cutOff(forever), cutOff(1)]).toEqual(['authn_login_lock', 'authn_token_revoked'])
  })
})

it.each([
  ['info', 'INFO'],
  ['low', 'INFO'],
  ['medium', 'WARN'],
  ['high', 'WARN'],
  ['critical', 'CRITICAL'],
])('an alert of severity %s is %s in the log', (severity, level) => {
  expect(describeEvent({ ...plain, type: 'alert.opened', after: { severity } }).level).toBe(level)
})
