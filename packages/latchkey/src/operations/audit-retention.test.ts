import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../foundation/bytes.ts'
import { days, seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { ForgedLog } from './forged-log.fake.ts'
import { createSessions, type Sessions } from './sessions.ts'
import type { SessionsOptions } from './sessions-options.ts'

const secret = new Uint8Array(32).fill(7)

let clock: FakeClock
let timers: FakeTimers
let database: Storage
let sessions: Sessions
let errors: unknown[]
let forged: ForgedLog

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

async function open(newStorage: () => Storage, options: Partial<SessionsOptions> = {}): Promise<void> {
  clock = fakeClock()
  timers = fakeTimers()
  errors = []
  forged = new ForgedLog()
  database = newStorage()
  sessions = await createSessions({
    ...{ storage: forged.over(database), clock, timers, secret, cleanup: 'by-command' },
    onBackgroundError: (error) => errors.push(error),
    ...options,
  })
}

/** Three links of five events each. */
async function threeLinks(): Promise<void> {
  for (let link = 0; link < 3; link += 1) {
    for (let count = 0; count < 5; count += 1) await sessions.createSession({ userId: `${link}-${count}` })
    await sessions.verifyAudit()
    clock.advance(days(1))
  }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await nextTurn()
}

describe.each(storages)('retention of the log in %s', (_engine, newStorage) => {
  beforeEach(() => open(newStorage, { auditRetention: days(10) }))
  afterEach(() => sessions.close())

  it('forgets whole links and says so, and the chain holds from there on', async () => {
    await threeLinks()
    clock.advance(days(8.5))
    await sessions.forgetEndedSessions()
    const [oldest] = await database.events.read(0, 1)
    expect(oldest?.position).toBe(11)
    const { items } = await sessions.listEvents({ types: ['audit.forgotten'] }, { cursor: null, limit: 9 })
    expect(items).toMatchObject([{ before: { last: 10, digest: expect.any(String) } }])
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'intact', events: 6, from: oldest?.at })
    const links = await database.auditLinks.read(0, 10)
    expect(links[0]).toMatchObject({ last: 10 })
    await sessions.forgetEndedSessions()
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'intact' })
  })

  it('that nobody but Latchkey stated covers nothing up', async () => {
    await threeLinks()
    const [link] = await database.auditLinks.read(9, 1)
    const digest = Buffer.from(link?.digest ?? []).toString('base64url')
    const proof = Buffer.from(sha256('of nobody')).toString('base64url')
    const stated = { last: 10, digest, proof }
    await database.events.append([
      {
        ...{ type: 'audit.forgotten', at: clock.now(), actor: 'system', before: stated, after: null },
        facts: null,
        ...{ sessionId: null, deviceId: null, userId: null, request: null, reason: null, device: null },
      },
    ])
    forged.link = (link) => (link.last === 5 ? null : link)
    forged.event = (event) => (event.position <= 10 ? null : event)
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'broken' })
    const event = { type: 'audit.forgotten', actor: 'system', before: stated } as const
    await expect(sessions.recordEvents([event])).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  it('forgets nothing of which no whole link is old enough', async () => {
    await threeLinks()
    clock.advance(days(5))
    await sessions.forgetEndedSessions()
    expect((await database.events.read(0, 100)).length).toBe(15)
  })
})

describe('by itself', () => {
  it('links events within a second, with one link for all that came meanwhile, and the last at the end', async () => {
    await open(memoryStorage, { cleanup: 'automatic' })
    await settle()
    timers.advance(seconds(1))
    await settle()
    await sessions.createSession({ userId: '1' })
    await sessions.createSession({ userId: '2' })
    expect(await database.auditLinks.latest()).toBeNull()
    timers.advance(seconds(1))
    await settle()
    expect(await database.auditLinks.read(0, 9)).toMatchObject([{ first: 1, last: 2, count: 2 }])
    await sessions.createSession({ userId: '3' })
    await sessions.close()
    expect(forged.appended.at(-1)).toMatchObject({ first: 3, last: 3 })
    expect(errors).toEqual([])
    expect(timers.pending).toBe(0)
  })

  it('of two processes one makes each link', async () => {
    await open(memoryStorage)
    const other = await createSessions({ storage: database, clock, secret, cleanup: 'by-command' })
    for (let count = 0; count < 20; count += 1) await sessions.createSession({ userId: '42' })
    const found = await Promise.all([sessions.verifyAudit(), other.verifyAudit(), sessions.verifyAudit()])
    expect(found).toMatchObject([{ events: 20 }, { events: 20 }, { events: 20 }])
    expect(await database.auditLinks.read(0, 9)).toHaveLength(1)
    await sessions.close()
  })
})
