import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days } from '../foundation/time.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { ForgedLog } from './forged-log.fake.ts'
import { createSessions, type Sessions } from './sessions.ts'

const secret = new Uint8Array(32).fill(7)
const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('the audit log beside retention, in %s', (_engine, newStorage) => {
  let storage: Storage
  let clock: FakeClock
  let sessions: Sessions
  let forged: ForgedLog
  /** Happens once, when the first of the three links has been checked. */
  let meanwhile: (() => Promise<unknown>) | null

  beforeEach(async () => {
    storage = newStorage()
    clock = fakeClock()
    meanwhile = null
    const { read } = storage.events
    storage.events.read = async (after, limit) => {
      const happens = after === 5 ? meanwhile : null
      if (happens !== null) meanwhile = null
      await happens?.()
      return read(after, limit)
    }
    forged = new ForgedLog()
    sessions = await createSessions({ storage: forged.over(storage), clock, ...options })
    for (let link = 0; link < 3; link += 1) {
      for (let count = 0; count < 5; count += 1) await sessions.createSession({ userId: `${link}-${count}` })
      await sessions.verifyAudit()
      clock.advance(days(1))
    }
    clock.advance(days(8.5))
  })
  afterEach(() => sessions.close())

  const options = { secret, cleanup: 'by-command', auditRetention: days(10) } as const

  /** Another process on the same data. */
  function another(changes: Partial<Storage>, its: FakeClock): Promise<Sessions> {
    const lent = { open: async () => undefined, close: async () => undefined }
    return createSessions({ storage: { ...storage, ...lent, ...changes }, clock: its, ...options })
  }

  it('is intact where retention said more before it said less, and was killed in the middle', async () => {
    const slowClock = fakeClock()
    slowClock.advance(days(10.5))
    const slow = await another({}, slowClock)
    const forget = async (upTo: number): Promise<number> => {
      await slow.forgetEndedSessions()
      await storage.events.forget(upTo, 2)
      throw new Error('The process was killed.')
    }
    const killed = await another({ events: { ...storage.events, forget } }, clock)
    await expect(killed.forgetEndedSessions()).rejects.toThrow('killed')
    const { items } = await sessions.listEvents({ types: ['audit.forgotten'] }, { cursor: null, limit: 9 })
    expect(items).toMatchObject([{ before: { last: 5 } }, { before: { last: 10 } }])
    expect((await storage.events.read(0, 1))[0]?.position).toBe(8)
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'intact' })
  })

  it('is intact where retention takes what is just being checked', async () => {
    meanwhile = () => sessions.forgetEndedSessions()
    const found = await sessions.verifyAudit()
    expect(meanwhile).toBeNull()
    expect((await storage.events.read(0, 1))[0]?.position).toBe(11)
    expect(found).toMatchObject({ kind: 'intact', events: 5, head: expect.stringMatching(/^15:/) })
  })

  it('is broken where somebody changes what retention leaves', async () => {
    meanwhile = () => sessions.forgetEndedSessions()
    forged.event = (event) => (event.position === 12 ? { ...event, userId: 'somebody else' } : event)
    expect(await sessions.verifyAudit()).toEqual({ kind: 'broken', first: 11, last: 15, fault: 'altered' })
  })

  it('is broken where events are gone and nobody says that they were forgotten', async () => {
    meanwhile = () => storage.events.forget(10, 10)
    expect(await sessions.verifyAudit()).toEqual({ kind: 'broken', first: 6, last: 10, fault: 'altered' })
  })
})
