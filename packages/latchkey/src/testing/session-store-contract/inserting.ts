import assert from 'node:assert/strict'
import { newDeviceId } from '../../model/device.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  claiming,
  hoursAfterNoon,
  neighbourOf,
  oslo,
  plainly,
  replacing,
  revokedAt,
  sampleSession,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

/** Without what addresses are found by, which is a storage's own business where it seals what it is given. */
function comparable({ addressKey: _, rangeKey: __, ...record }: SessionRecord): unknown {
  return { ...record, secretHash: [...record.secretHash] }
}

export const inserting: readonly StorageCase[] = [
  [
    'what was inserted is found with every field as it was',
    async ({ sessions }) => {
      const plain = sampleSession('ada')
      const bare = sampleSession('ada', { ipAddress: null, userAgent: null, amr: [] })
      const full = sampleSession('ada', {
        lastAccessedAt: hoursAfterNoon(1),
        lifetime: null,
        amr: ['pwd', 'otp'],
        userAgent: 'é\u{1f511}"\'; --',
        ipAddress: '2001:db8::1',
        deviceId: newDeviceId('ada'),
        place: oslo,
      })
      for (const record of [plain, bare, full]) {
        assert.deepEqual(await sessions.insert(record, plainly), { kind: 'inserted', replaced: [] })
      }
      for (const record of [plain, bare, full]) {
        const found = await sessions.find(record.id)
        assert.deepEqual(found && comparable(found), comparable(record))
      }
    },
  ],
  [
    'an id that never was is not found',
    async ({ sessions }) => {
      assert.equal(await sessions.find(sampleSession('ada').id), null)
    },
  ],
  [
    'an id that is taken is refused and the session that has it stays as it is',
    async ({ sessions, events, statistics }) => {
      const first = sampleSession('ada')
      await sessions.insert(first, plainly)
      await assert.rejects(sessions.insert({ ...first, userAgent: 'Other/2.0' }, plainly))
      assert.equal((await sessions.find(first.id))?.userAgent, first.userAgent)
      assert.equal((await events.read(0, 10)).length, 1)
      assert.equal((await statistics.totals()).created, 1)
    },
  ],
  [
    'user ids of any characters keep apart',
    async ({ sessions }) => {
      const names = [
        '1',
        '01',
        '1 ',
        ' 1',
        'A',
        'a',
        'é',
        'e\u0301',
        'x\u0000y',
        'x',
        '%',
        "' OR 1=1",
        '\u{1f511}',
      ]
      for (const name of names) await sessions.insert(sampleSession(name), plainly)
      for (const name of names) {
        const ended = await sessions.invalidate(
          { kind: 'user', userId: name, except: null },
          revokedAt(hoursAfterNoon(1)),
        )
        assert.deepEqual(
          ended.map((ref) => ref.userId),
          [name],
        )
      }
    },
  ],
  [
    'a replaced session ends in the same step, at the time and by the actor of the new one',
    async ({ sessions }) => {
      const old = sampleSession('ada')
      const next = sampleSession('ada', { createdAt: hoursAfterNoon(2) })
      await sessions.insert(old, plainly)
      const outcome = await sessions.insert(next, replacing(old))
      assert.deepEqual(outcome, { kind: 'inserted', replaced: [{ id: old.id, userId: 'ada' }] })
      const ended = await sessions.find(old.id)
      assert.equal(ended?.invalidatedAt, next.createdAt)
      assert.equal(ended?.endReason, 'replaced')
      assert.equal(ended?.endedBy, plainly.actor)
      assert.equal((await sessions.find(next.id))?.invalidatedAt, null)
    },
  ],
  [
    'a session that has ended, another user’s and an unknown one do not give way',
    async ({ sessions }) => {
      const ended = sampleSession('ada')
      const foreign = sampleSession(neighbourOf('ada'))
      await sessions.insert(ended, plainly)
      await sessions.insert(foreign, plainly)
      await sessions.invalidate({ kind: 'session', id: ended.id, userId: null }, revokedAt(hoursAfterNoon(1)))
      for (const other of [ended, foreign, sampleSession('ada')]) {
        const outcome = await sessions.insert(sampleSession('ada'), replacing(other))
        assert.deepEqual(outcome, { kind: 'inserted', replaced: [] })
      }
      assert.equal((await sessions.find(ended.id))?.endReason, 'revoked')
      assert.equal((await sessions.find(foreign.id))?.invalidatedAt, null)
    },
  ],
  [
    'the same key with the same request brings back the session as it is now and changes nothing',
    async ({ sessions, events }) => {
      const first = sampleSession('ada')
      const other = sampleSession('ada')
      await sessions.insert(other, plainly)
      await sessions.insert(first, claiming('key', 'request'))
      await sessions.touch([{ id: first.id, at: hoursAfterNoon(1) }])
      const before = await events.latest()
      const repeat = { ...claiming('key', 'request'), replaces: other.id }
      const outcome = await sessions.insert(sampleSession('ada'), repeat)
      assert.equal(outcome.kind, 'repeated')
      assert.equal(outcome.kind === 'repeated' && outcome.record.id, first.id)
      assert.equal(outcome.kind === 'repeated' && outcome.record.lastAccessedAt, hoursAfterNoon(1))
      assert.equal((await sessions.find(other.id))?.invalidatedAt, null)
      assert.equal(await events.latest(), before)
    },
  ],
  [
    'the same key with another request is a conflict and changes nothing',
    async ({ sessions, events }) => {
      await sessions.insert(sampleSession('ada'), claiming('key', 'request'))
      const next = sampleSession('ada')
      assert.deepEqual(await sessions.insert(next, claiming('key', 'other')), { kind: 'conflict' })
      assert.equal(await sessions.find(next.id), null)
      assert.equal(await events.latest(), (await events.read(0, 10)).at(0)?.position)
    },
  ],
  [
    'a claim counts until the instant from which it is forgotten, and is overwritten then',
    async ({ sessions }) => {
      const first = sampleSession('ada')
      const second = sampleSession('ada', { createdAt: hoursAfterNoon(24) })
      await sessions.insert(first, claiming('key', 'request'))
      const stillCounts = await sessions.insert(second, claiming('key', 'request', first.createdAt))
      assert.equal(stillCounts.kind, 'repeated')
      const counts = await sessions.insert(second, claiming('key', 'other', hoursAfterNoon(0.5)))
      assert.equal(counts.kind, 'inserted')
      const repeated = await sessions.insert(sampleSession('ada'), claiming('key', 'other'))
      assert.equal(repeated.kind === 'repeated' && repeated.record.id, second.id)
    },
  ],
]
