import assert from 'node:assert/strict'
import type { Storage } from '../../ports/storage.ts'
import { hoursAfterNoon, noon, plainly, renewedAt, revokedAt, sampleSession } from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

const later = hoursAfterNoon(1)

export const ending: readonly StorageCase[] = [
  [
    'an ended session keeps its row, with when, why and by whom',
    async ({ sessions }) => {
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      const ended = await sessions.invalidate(
        { kind: 'session', id: record.id, userId: null },
        revokedAt(later),
      )
      assert.deepEqual(ended, [{ id: record.id, userId: 'ada' }])
      const found = await sessions.find(record.id)
      assert.equal(found?.invalidatedAt, later)
      assert.equal(found?.endReason, 'revoked')
      assert.equal(found?.endedBy, 'admin:root')
      assert.equal(found?.expiresAt, record.expiresAt)
    },
  ],
  [
    'a session ends once: a second ending changes nothing and reports nothing',
    async ({ sessions, events }) => {
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      const selection = { kind: 'session', id: record.id, userId: null } as const
      await sessions.invalidate(selection, revokedAt(later))
      const position = await events.latest()
      const again = { at: hoursAfterNoon(2), reason: 'logout', by: 'user:ada', request: null } as const
      assert.deepEqual(await sessions.invalidate(selection, again), [])
      assert.equal((await sessions.find(record.id))?.invalidatedAt, later)
      assert.equal((await sessions.find(record.id))?.endReason, 'revoked')
      assert.equal(await events.latest(), position)
    },
  ],
  [
    'a session is ended for its user only when a user is named',
    async ({ sessions }) => {
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      const by = (userId: string) =>
        sessions.invalidate({ kind: 'session', id: record.id, userId }, revokedAt(later))
      assert.deepEqual(await by('bob'), [])
      assert.equal((await sessions.find(record.id))?.invalidatedAt, null)
      assert.equal((await by('ada')).length, 1)
      const unknown = { kind: 'session', id: sampleSession('ada').id, userId: null } as const
      assert.deepEqual(await sessions.invalidate(unknown, revokedAt(later)), [])
    },
  ],
  [
    'all sessions of a user end, but the one excepted and those of others',
    async ({ sessions }) => {
      const own = [sampleSession('ada'), sampleSession('ada'), sampleSession('ada')]
      const kept = sampleSession('ada')
      const foreign = sampleSession('bob')
      for (const record of [...own, kept, foreign]) await sessions.insert(record, plainly)
      const ended = await sessions.invalidate(
        { kind: 'user', userId: 'ada', except: kept.id },
        revokedAt(later),
      )
      assert.deepEqual(ended.map((ref) => ref.id).sort(), own.map((record) => record.id).sort())
      assert.equal((await sessions.find(kept.id))?.invalidatedAt, null)
      assert.equal((await sessions.find(foreign.id))?.invalidatedAt, null)
    },
  ],
  [
    'a replace puts the next version in place of the one before, once',
    async ({ sessions }) => {
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      const next = { ...record, version: 2, amr: ['pwd', 'otp'], authenticatedAt: later }
      assert.equal(await sessions.replace(next, renewedAt(later)), true)
      assert.equal(await sessions.replace(next, renewedAt(later)), false)
      assert.equal(await sessions.replace({ ...next, version: 4 }, renewedAt(later)), false)
      const found = await sessions.find(record.id)
      assert.deepEqual([found?.version, found?.amr, found?.authenticatedAt], [2, ['pwd', 'otp'], later])
    },
  ],
  [
    'a replace neither ends a session, nor brings one back, nor makes one',
    async ({ sessions, events }) => {
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      const ending = { invalidatedAt: later, endReason: 'logout', endedBy: 'user:ada' } as const
      assert.equal(await sessions.replace({ ...record, ...ending, version: 2 }, renewedAt(later)), true)
      assert.equal((await sessions.find(record.id))?.invalidatedAt, null)
      await sessions.invalidate({ kind: 'session', id: record.id, userId: null }, revokedAt(later))
      const position = await events.latest()
      assert.equal(await sessions.replace({ ...record, version: 3 }, renewedAt(later)), false)
      assert.equal((await sessions.find(record.id))?.version, 2)
      assert.equal((await sessions.find(record.id))?.invalidatedAt, later)
      assert.equal(await sessions.replace({ ...sampleSession('ada'), version: 2 }, renewedAt(later)), false)
      assert.equal(await events.latest(), position)
    },
  ],
  [
    'a touch moves the last use forward only, in one batch for many, without an event',
    async ({ sessions, events }) => {
      const [one, two] = [sampleSession('ada'), sampleSession('bob')]
      await sessions.insert(one, plainly)
      await sessions.insert(two, plainly)
      const position = await events.latest()
      await sessions.touch([
        { id: one.id, at: hoursAfterNoon(2) },
        { id: two.id, at: noon },
        { id: one.id, at: hoursAfterNoon(1) },
        { id: sampleSession('eve').id, at: noon },
      ])
      await sessions.touch([{ id: two.id, at: hoursAfterNoon(-1) }])
      await sessions.touch([])
      assert.equal((await sessions.find(one.id))?.lastAccessedAt, hoursAfterNoon(2))
      assert.equal((await sessions.find(two.id))?.lastAccessedAt, noon)
      assert.equal((await sessions.find(one.id))?.version, 1)
      assert.equal(await events.latest(), position)
    },
  ],
  [
    'a touch leaves an ended session as it was',
    async ({ sessions }) => {
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      await sessions.invalidate({ kind: 'session', id: record.id, userId: null }, revokedAt(later))
      await sessions.touch([{ id: record.id, at: hoursAfterNoon(2) }])
      assert.equal((await sessions.find(record.id))?.lastAccessedAt, null)
      assert.equal((await sessions.find(record.id))?.invalidatedAt, later)
    },
  ],
  [
    'a replace does not take back a use that was recorded meanwhile',
    async ({ sessions }) => {
      const record = sampleSession('ada', { lastAccessedAt: noon })
      await sessions.insert(record, plainly)
      await sessions.touch([{ id: record.id, at: later }])
      await sessions.replace({ ...record, version: 2 }, renewedAt(later))
      assert.equal((await sessions.find(record.id))?.lastAccessedAt, later)
    },
  ],
]
