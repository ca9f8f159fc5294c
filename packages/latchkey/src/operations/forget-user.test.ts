import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sampleBulkEnding } from '../testing/session-store-contract/sample-alert.ts'
import { createSessions, type Sessions } from './sessions.ts'

it('forgets a user: tokens that were accepted a moment ago are unknown, and nothing is counted', async () => {
  const sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command' })
  const first = await sessions.createSession({ userId: 'ada' })
  const second = await sessions.createSession({ userId: 'ada' })
  const other = await sessions.createSession({ userId: 'bob' })
  await sessions.invalidateSession(second.session.id)
  for (const { token } of [first, other]) {
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
  }

  expect(await sessions.forgetUser('ada')).toBe(2)
  expect(await sessions.verifySession(first.token)).toEqual({ active: false, reason: 'unknown' })
  expect(await sessions.verifySession(other.token)).toMatchObject({ active: true })
  expect(await sessions.getSession(second.session.id)).toBeNull()
  expect(await sessions.getSessionAnalytics('ada')).toMatchObject({ totalSessions: 0, activeSessions: 0 })
  expect(await sessions.getTotals()).toMatchObject({ created: 1, active: 1, ended: { revoked: 0 } })
  expect(await sessions.forgetUser('ada')).toBe(0)
  await sessions.close()
})

it('refuses what is no user id', async () => {
  const sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command' })
  await expect(sessions.forgetUser('')).rejects.toMatchObject({ code: 'invalid-argument', field: 'userId' })
  await sessions.close()
})

describe('bulk endings of a user, or begun in a session of theirs', () => {
  const named = 'user:ada type:mobile'
  const unnamed = 'user:(forgotten) type:mobile'
  let storage: Storage
  let sessions: Sessions
  let own: string
  let others: string

  beforeEach(async () => {
    storage = memoryStorage()
    sessions = await createSessions({ storage, cleanup: 'by-command' })
    own = (await sessions.createSession({ userId: 'ada' })).session.id
    others = (await sessions.createSession({ userId: 'bob' })).session.id
  })
  afterEach(() => sessions.close())

  async function add(filter: string, except: string): Promise<() => Promise<unknown>> {
    const ending = sampleBulkEnding({ filter, except, state: 'done' })
    await storage.bulkEndings.add(ending, [])
    return async () => {
      const found = await storage.bulkEndings.find(ending.id)
      return [found?.filter, found?.except]
    }
  }

  it('name them no more after another call, where the first was killed right after the erasure', async () => {
    const [first, second] = [await add(named, others), await add('type:mobile', own)]
    const { forgetUser } = storage.sessions
    storage.sessions.forgetUser = async (...values) => {
      await forgetUser(...values)
      throw new Error('The process was killed.')
    }
    await expect(sessions.forgetUser('ada')).rejects.toThrow('killed')
    storage.sessions.forgetUser = forgetUser
    expect(await sessions.forgetUser('ada')).toBe(0)
    expect([await first(), await second()]).toEqual([
      [unnamed, others],
      ['type:mobile', null],
    ])
  })

  it('go on naming them where the erasure fails, so that one that runs spares nobody', async () => {
    const first = await add(named, others)
    storage.sessions.forgetUser = () => Promise.reject(new Error('The disk is broken.'))
    await expect(sessions.forgetUser('ada')).rejects.toThrow('broken')
    expect(await first()).toEqual([named, others])
  })

  it('name them no more that were begun during the erasure', async () => {
    const { forgetUser } = storage.sessions
    let both: (() => Promise<unknown>)[] = []
    storage.sessions.forgetUser = async (...values) => {
      both = [await add(named, others), await add('type:mobile', own)]
      return forgetUser(...values)
    }
    await sessions.forgetUser('ada')
    const found = await Promise.all(both.map((read) => read()))
    expect(found).toEqual([
      [unnamed, others],
      ['type:mobile', null],
    ])
  })
})
