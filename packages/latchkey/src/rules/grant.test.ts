import { describe, expect, it } from 'vitest'
import { after, days, hours } from '../foundation/time.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import { tighterGrant } from './grant.ts'
import { defaultPolicy, type SessionPolicy } from './session-policy.ts'

const record = sampleRecord({ roles: ['admin'] })
const withRule = (terms: Partial<SessionPolicy>): SessionPolicy => ({
  ...defaultPolicy,
  rules: [{ name: 'admins', when: { roles: ['admin'] }, ...terms }],
})

describe('what is to be written down of a session', () => {
  it('is nothing where no rule is stricter', () => {
    expect(tighterGrant(record, defaultPolicy)).toBeNull()
    expect(
      tighterGrant(record, { ...defaultPolicy, absoluteLifetime: days(1), idleTimeout: hours(1) }),
    ).toBeNull()
    expect(tighterGrant(sampleRecord(), withRule({ absoluteLifetime: hours(1) }))).toBeNull()
  })

  it('is the deadline of a rule, also where its creator asked for more', () => {
    const policy = withRule({ absoluteLifetime: hours(8) })
    const expiresAt = after(record.createdAt, hours(8))
    const asked = { ...record, lifetime: days(30) }
    expect(tighterGrant(record, policy)).toEqual({ id: record.id, expiresAt, idleTimeout: null })
    expect(tighterGrant(asked, policy)).toEqual({ id: record.id, expiresAt, idleTimeout: null })
    expect(tighterGrant({ ...asked, expiresAt: after(record.createdAt, hours(2)) }, policy)).toBeNull()
  })

  it('is the idle timeout of a rule where that is shorter than what was written down', () => {
    const policy = withRule({ idleTimeout: hours(1) })
    const { id, expiresAt } = record
    expect(tighterGrant(record, policy)).toEqual({ id, expiresAt, idleTimeout: hours(1) })
    expect(tighterGrant({ ...record, idleTimeout: hours(2) }, policy)?.idleTimeout).toBe(hours(1))
    expect(tighterGrant({ ...record, idleTimeout: hours(1) }, policy)).toBeNull()
    expect(tighterGrant({ ...record, idleTimeout: hours(0.5) }, policy)).toBeNull()
  })
})
