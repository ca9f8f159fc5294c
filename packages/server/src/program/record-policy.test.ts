import { createSessions, minutes, type PolicyRule, type SessionPolicy, type Sessions } from 'latchkey'
import { memoryStorage } from 'latchkey/memory'
import { describe, expect, it } from 'vitest'
import { recordPolicy } from './record-policy.ts'

const storage = memoryStorage()

/** A start with that policy on the same storage; what the newest event of a policy says afterwards. */
async function started(policy: Partial<SessionPolicy>) {
  const sessions = await createSessions({ storage, cleanup: 'by-command', ...policy })
  await recordPolicy(sessions)
  return recorded(sessions)
}

async function recorded(sessions: Sessions) {
  const { items } = await sessions.listEvents({ types: ['policy.changed'] }, { cursor: null, limit: 10 })
  return { count: items.length, newest: items[0] }
}

const rule: PolicyRule = { name: 'admins', when: { roles: ['admin'] }, idleTimeout: minutes(15) }

describe('a start', () => {
  it('writes the policy where none is on record, and not again while it is the same', async () => {
    const first = await started({})
    expect(first).toMatchObject({
      count: 1,
      newest: { actor: 'system', before: null, after: { idle_timeout_seconds: 604_800, rules: [] } },
    })
    expect((await started({})).count).toBe(1)
  })

  it('with another one writes what there was and what there is', async () => {
    const { count, newest } = await started({ idleTimeout: null, rules: [rule] })
    expect(count).toBe(2)
    expect(newest).toMatchObject({
      before: { idle_timeout_seconds: 604_800, rules: [] },
      after: {
        idle_timeout_seconds: null,
        rules: [{ name: 'admins', when: { roles: ['admin'] }, idle_timeout_seconds: 900 }],
      },
    })
    expect((await started({ idleTimeout: null, rules: [rule] })).count).toBe(2)
    expect((await started({ idleTimeout: null, rules: [{ ...rule, when: {} }] })).count).toBe(3)
  })

  it('tells policies of many rules apart by a digest, since the log takes no document', async () => {
    const rules = Array.from({ length: 100 }, (_, index) => ({ ...rule, name: `rule-${index}` }))
    const { count, newest } = await started({ rules })
    expect(newest?.after?.['rules']).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect((await started({ rules })).count).toBe(count)
    expect((await started({ rules: rules.toReversed() })).count).toBe(count + 1)
  })
})
