import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { days, hours, minutes } from '../foundation/time.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import { defaultPolicy, type SessionPolicy } from './session-policy.ts'
import { termsFor } from './session-terms.ts'

const admin = sampleRecord({ roles: ['staff', 'admin'], amr: ['pwd', 'otp'], deviceTrust: 'trusted' })
const nobody = sampleRecord()

const policy: SessionPolicy = {
  ...defaultPolicy,
  rules: [
    { name: 'admins', when: { roles: ['admin'] }, absoluteLifetime: hours(8), idleTimeout: hours(1) },
    { name: 'strangers', when: { deviceTrust: 'untrusted' }, absoluteLifetime: days(1) },
    { name: 'weak', when: { assurance: ['aal1'] }, idleTimeout: minutes(30), sessionLimit: 2 },
    { name: 'loose', when: {}, absoluteLifetime: days(60), idleTimeout: null, networkBinding: 'observe' },
  ],
}

describe('the terms of a session', () => {
  it('are those of everybody where no rule is for it', () => {
    expect(termsFor(defaultPolicy, admin)).toMatchObject({
      absoluteLifetime: { value: days(30), setBy: 'default' },
      idleTimeout: { value: days(7), setBy: 'default' },
      rotationInterval: { value: null, setBy: 'default' },
      sessionLimit: { value: null, setBy: 'default' },
      reauthenticationWindow: { value: hours(24), setBy: 'default' },
      networkBinding: { value: 'off', setBy: 'default' },
    })
  })

  it('are the strictest of all that is for it, and each says what set it', () => {
    expect(termsFor(policy, admin)).toMatchObject({
      absoluteLifetime: { value: hours(8), setBy: 'admins' },
      idleTimeout: { value: hours(1), setBy: 'admins' },
      sessionLimit: { value: null, setBy: 'default' },
      networkBinding: { value: 'observe', setBy: 'loose' },
    })
    expect(termsFor(policy, nobody)).toMatchObject({
      absoluteLifetime: { value: days(1), setBy: 'strangers' },
      idleTimeout: { value: minutes(30), setBy: 'weak' },
      sessionLimit: { value: 2, setBy: 'weak' },
    })
  })

  it('ask that every condition of a rule holds', () => {
    const when = { roles: ['admin'], deviceTrust: 'untrusted' } as const
    const both = { ...defaultPolicy, rules: [{ name: 'both', when, sessionLimit: 1 }] }
    expect(termsFor(both, admin).sessionLimit.setBy).toBe('default')
    expect(termsFor(both, { ...admin, deviceTrust: 'untrusted' }).sessionLimit.setBy).toBe('both')
  })

  it('do not depend on the order of rules, and no rule loosens any', () => {
    const order = fc.shuffledSubarray([...policy.rules], { minLength: 1 })
    fc.assert(
      fc.property(order, fc.constantFrom(admin, nobody), (rules, session) => {
        const values = (found: SessionPolicy) =>
          Object.values(termsFor(found, session)).map(({ value }: { readonly value: unknown }) => value)
        const some = values({ ...policy, rules })
        expect(values({ ...policy, rules: [...rules].reverse() })).toEqual(some)
        const [lifetime, timeout] = some
        expect(lifetime).toBeLessThanOrEqual(days(30))
        expect(timeout).toBeLessThanOrEqual(days(7))
      }),
    )
  })

  it('are the same object without rules: nothing is made on the way of a request', () => {
    expect(termsFor(defaultPolicy, admin)).toBe(termsFor(defaultPolicy, nobody))
  })
})
