import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LatchkeyError } from '../../foundation/errors.ts'
import { instantOf } from '../../foundation/time.ts'
import { newDeviceId } from '../../model/device.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { SessionSelection } from '../../model/session-filter.ts'
import { newSessionId, type SessionId, shardOfUser } from '../../model/session-token.ts'
import type { Storage } from '../../ports/storage.ts'
import { sampleRecord } from '../../testing/sample-record.ts'
import { changedAt, digestOf, plainly } from '../../testing/session-store-contract/sample-session.ts'
import { Announcer } from './announcements.ts'
import type { Statements } from './connection.ts'
import { endBatches } from './end-batches.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest
let storage: Storage
let pool: ReturnType<typeof newPool>

beforeAll(async () => {
  postgres = await postgresUnderTest()
  pool = newPool(await postgres.newSchema())
  storage = postgresStorage(pool)
  await storage.open()
}, 120_000)

afterAll(async () => {
  await storage.close()
  await pool.end()
  await postgres.dispose()
})

const at = instantOf(Date.UTC(2026, 2, 1, 12))
const users = ['ada', 'bob', 'eve']

/** One for each user, and one on which nobody is. */
const devices = [...users, 'nobody'].map(newDeviceId)

/** Nine sessions, three of each user; the last of these is on their device. */
function recordAt(which: number): SessionRecord {
  const userId = users[which % 3] ?? ''
  const deviceId = which < 6 ? null : (devices[which % 3] ?? null)
  return { ...sampleRecord(), id: newSessionId(userId), userId, shard: shardOfUser(userId), deviceId }
}

/** `which`: the place among nine sessions; 9: one that does not exist. */
type Asked =
  | { readonly kind: 'session'; readonly which: number; readonly as: number | null }
  | { readonly kind: 'user'; readonly user: number; readonly except: number | null }
  | { readonly kind: 'device'; readonly user: number; readonly device: number }
  | { readonly kind: 'sessions'; readonly several: readonly number[] }

const place = fc.nat(9)
const asked: fc.Arbitrary<Asked> = fc.oneof(
  fc.record({ kind: fc.constant('session' as const), which: place, as: fc.option(fc.nat(2)) }),
  fc.record({ kind: fc.constant('user' as const), user: fc.nat(2), except: fc.option(place) }),
  fc.record({ kind: fc.constant('device' as const), user: fc.nat(2), device: fc.nat(3) }),
  fc.record({ kind: fc.constant('sessions' as const), several: fc.array(place, { maxLength: 4 }) }),
)

function selectionOf(ask: Asked, idAt: (which: number) => SessionId): SessionSelection {
  if (ask.kind === 'session') {
    return { kind: 'session', id: idAt(ask.which), userId: ask.as === null ? null : (users[ask.as] ?? '') }
  }
  if (ask.kind === 'sessions') {
    const sessions = ask.several.map((which) => ({ id: idAt(which), userId: users[which % 3] ?? '' }))
    return { kind: 'sessions', sessions }
  }
  const userId = users[ask.user] ?? ''
  if (ask.kind === 'device') return { kind: 'device', userId, deviceId: devices[ask.device] ?? stranger }
  return {
    kind: 'user',
    userId,
    except: ask.except === null ? null : idAt(ask.except),
  }
}

const stranger = newDeviceId('stranger')

function covers(selection: SessionSelection, { id, userId, deviceId }: SessionRecord): boolean {
  if (selection.kind === 'user') return selection.userId === userId && selection.except !== id
  if (selection.kind === 'sessions') return selection.sessions.some((session) => session.id === id)
  if (selection.kind === 'device') return selection.userId === userId && selection.deviceId === deviceId
  return selection.id === id && (selection.userId === null || selection.userId === userId)
}

it('ends each session once, for one of those who asked for it, however many ask at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: 12 }), async (asks) => {
      for (const userId of users) await storage.sessions.forgetUser(userId, changedAt(at), digestOf)
      const records = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(recordAt)
      await Promise.all(records.map((record) => storage.sessions.insert(record, plainly)))
      const stranger = newSessionId('ada')
      const selections = asks.map((ask) => selectionOf(ask, (which) => records[which]?.id ?? stranger))
      const answers = await Promise.all(
        selections.map((selection, index) =>
          storage.sessions.invalidate(selection, {
            at,
            reason: 'revoked',
            by: `user:${index}`,
            request: null,
          }),
        ),
      )
      for (const record of records) {
        const tellers = answers.flatMap((refs, index) =>
          refs.some(({ id }) => id === record.id) ? [index] : [],
        )
        const askers = selections.flatMap((selection, index) => (covers(selection, record) ? [index] : []))
        const now = await storage.sessions.find(record.id)
        expect(tellers).toHaveLength(askers.length === 0 ? 0 : 1)
        expect(now?.endedBy ?? null).toBe(tellers.length === 0 ? null : `user:${tellers[0]}`)
        for (const teller of tellers) expect(askers).toContain(teller)
      }
    }),
    { numRuns: 60 },
  )
}, 60_000)

const ending = { at, reason: 'revoked', by: 'system', request: null } as const
const request = { selection: { kind: 'user', userId: 'ada', except: null }, ending } as const

/** A database of which the first statement is answered when a test says so. */
function heldUp(): {
  readonly statements: Statements
  readonly texts: string[]
  answer(error?: Error): void
} {
  const held = Promise.withResolvers<void>()
  const texts: string[] = []
  const statements: Statements = {
    async all(sql) {
      texts.push(sql)
      if (texts.length === 1) await held.promise
      return []
    },
    script: async () => undefined,
  }
  return { statements, texts, answer: (error) => (error ? held.reject(error) : held.resolve()) }
}

it('lets endings that come while one is under way share the next statement', async () => {
  const { statements, texts, answer } = heldUp()
  const ends = endBatches(statements, new Announcer())
  const first = ends.end(request)
  await Promise.resolve()
  await Promise.resolve()
  const others = Array.from({ length: 50 }, () => ends.end(request))
  answer()
  await Promise.all([first, ...others])
  expect(texts).toHaveLength(2)
})

it('lets many sessions that one asks for together share no statement with others', async () => {
  const { statements, texts, answer } = heldUp()
  const ends = endBatches(statements, new Announcer())
  const sessions = Array.from({ length: 150 }, () => ({ id: newSessionId('ada'), userId: 'ada' }))
  const many = { selection: { kind: 'sessions', sessions }, ending } as const
  const asked = [ends.end(many), ends.end(many), ends.end(request)]
  answer()
  await Promise.all(asked)
  expect(texts).toHaveLength(2)
})

it('tells everybody of a statement that failed, and goes on', async () => {
  const { statements, texts, answer } = heldUp()
  const ends = endBatches(statements, new Announcer())
  const [first, second] = [ends.end(request), ends.end(request)]
  await Promise.resolve()
  await Promise.resolve()
  const third = ends.end(request)
  answer(new LatchkeyError('storage-unavailable', 'away'))
  await expect(first).rejects.toThrow('away')
  await expect(second).rejects.toThrow('away')
  await expect(third).resolves.toEqual([])
  expect(texts).toHaveLength(2)
})

it('refuses at once when too many wait, and keeps those that came before', async () => {
  const { statements, answer } = heldUp()
  const ends = endBatches(statements, new Announcer())
  const asks = Array.from({ length: 11_000 }, () => ends.end(request))
  const outcomes = Promise.allSettled(asks)
  answer()
  const refused = (await outcomes).filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(1_000)
  expect(refused.every((one) => 'reason' in one && one.reason.code === 'storage-busy')).toBe(true)
})
