import type { NewSessionEvent } from 'latchkey'
import { fakeClock } from 'latchkey/testing'
import { describe, expect, it } from 'vitest'
import { type Accounts, createAccounts } from './accounts.ts'
import { openAccountsDatabase } from './accounts-database.ts'
import { sqliteAccountStore } from './sqlite-account-store.ts'

const password = 'correct horse battery'

interface WithAnn {
  readonly accounts: Accounts
  /** Of Ann's account. */
  readonly id: string
  readonly events: readonly NewSessionEvent[]
}

async function withAnn(): Promise<WithAnn> {
  const events: NewSessionEvent[] = []
  const store = sqliteAccountStore(openAccountsDatabase(':memory:'), (_prepare, event) => {
    events.push(event)
  })
  const hasher = {
    hash: async (text: string) => `hash of ${text}`,
    verify: async (passwordHash: string | null, text: string) => passwordHash === `hash of ${text}`,
  }
  const accounts = createAccounts({ store, clock: fakeClock(), hasher })
  const made = await accounts.create({ email: 'ann@example.com', role: 'user', password })
  return { accounts, id: made.kind === 'created' ? made.account.id : '', events }
}

describe('the password of an account', () => {
  const change = { by: 'user:ann', request: 'req_3', sessionId: null, endedSessions: 'others' } as const
  const next = 'another password phrase'

  it('is replaced by who has proved it, with an event that says who, where and what ends by it, and no password', async () => {
    const { accounts, events, id } = await withAnn()
    const proved = await accounts.confirm(id, password)
    expect(await proved?.isCurrent()).toBe(true)
    expect(await proved?.replace(next, change)).toEqual({ kind: 'changed' })
    expect(await proved?.isCurrent()).toBe(false)
    expect(await accounts.confirm(id, password)).toBeNull()
    expect(await accounts.confirm(id, next)).not.toBeNull()
    expect(events.at(-1)).toMatchObject({
      type: 'account.password-changed',
      userId: id,
      actor: 'user:ann',
      request: 'req_3',
      after: { ended_sessions: 'others' },
    })
    expect(JSON.stringify(events)).not.toMatch(/phrase|horse|hash/)
  })

  it('is replaced by one of several who have proved it at once', async () => {
    const { accounts, events, id } = await withAnn()
    const proofs = await Promise.all([1, 2, 3].map(() => accounts.confirm(id, password)))
    const outcomes = await Promise.all(
      proofs.map((proved, index) => proved?.replace(`${next} ${index}`, change)),
    )
    expect(outcomes.map((outcome) => outcome?.kind).toSorted()).toEqual([
      'changed',
      'changed-meanwhile',
      'changed-meanwhile',
    ])
    const winner = outcomes.findIndex((outcome) => outcome?.kind === 'changed')
    expect(await accounts.confirm(id, `${next} ${winner}`)).not.toBeNull()
    expect(events).toHaveLength(2)
  })

  it.each([
    ['short', /at least 15/],
    ['my ann@example.com password', /address/],
    [password, /another one/],
    ['correct horse b\uff41ttery', /another one/],
  ])('does not become %j', async (text, message) => {
    const { accounts, events, id } = await withAnn()
    const outcome = await (await accounts.confirm(id, password))?.replace(text, change)
    expect(outcome).toEqual({ kind: 'invalid', message: expect.stringMatching(message) })
    expect(await accounts.confirm(id, password)).not.toBeNull()
    expect(events).toHaveLength(1)
  })

  it('is set without the one before, under the same rules, and only of who has an account', async () => {
    const { accounts, id } = await withAnn()
    expect(await accounts.setPassword(id, 'short', change)).toMatchObject({ kind: 'invalid' })
    expect(await accounts.setPassword('usr_nobody', next, change)).toBeNull()
    expect(await accounts.setPassword(id, next, change)).toEqual({ kind: 'changed' })
    expect(await accounts.authenticate({ email: 'ann@example.com', password: next })).not.toBeNull()
  })
})
