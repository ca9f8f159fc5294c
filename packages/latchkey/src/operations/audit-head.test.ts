import { afterEach, beforeEach, expect, it } from 'vitest'
import { days, minutes } from '../foundation/time.ts'
import type { AuditLink } from '../model/audit-link.ts'
import type { Storage } from '../ports/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { ForgedLog } from './forged-log.fake.ts'
import { createSessions, type Sessions } from './sessions.ts'

const secret = new Uint8Array(32).fill(7)

let clock: FakeClock
let database: Storage
let first: Sessions
let forged: ForgedLog

function open(auditHead: string | null): Promise<Sessions> {
  forged = new ForgedLog()
  return createSessions({
    ...{ storage: forged.over({ ...database, open: async () => {}, close: async () => {} }), clock, secret },
    ...{ cleanup: 'by-command', auditRetention: days(2), auditHead: async () => auditHead },
  })
}

beforeEach(async () => {
  clock = fakeClock()
  database = sqliteStorage(':memory:')
  first = await createSessions({
    ...{ storage: { ...database, close: async () => {} }, clock, secret, cleanup: 'by-command' },
    auditRetention: days(2),
  })
})
afterEach(async () => {
  await first.close()
  await database.close()
})

/** A link over events of its own; its head. */
async function linked(): Promise<string> {
  await first.createSession({ userId: '42' })
  const { head } = await first.auditHead('linked-now')
  clock.advance(minutes(1))
  return head ?? ''
}

const missing = (head: string) => {
  const position = Number.parseInt(head, 10)
  return { kind: 'broken', first: position, last: position, fault: 'head-missing' }
}

it('is of the newest link, and of all events where that is asked for', async () => {
  expect(await first.auditHead()).toEqual({ kind: 'present', head: null })
  await first.createSession({ userId: '42' })
  expect(await first.auditHead()).toEqual({ kind: 'present', head: null })
  expect((await first.auditHead('linked-now')).head).toMatch(/^1:[0-9a-f]{64}$/)
})

it.each([
  ['all links', 0],
  ['the last one', 1],
])('that is gone with %s is missed by the next process, which links nothing anew', async (_what, kept) => {
  const heads = [await linked(), await linked()]
  const next = await open(heads[1] ?? null)
  forged.link = (link) => (link.last <= kept ? link : null)
  forged.event = (event) => (event.position === 2 ? { ...event, userId: 'mallory' } : event)
  expect(await next.auditHead('linked-now')).toEqual({ kind: 'missing', head: heads[1] })
  expect(await next.verifyAudit()).toEqual(missing(heads[1] ?? ''))
  expect(await next.verifyAudit({ newest: 1 })).toEqual(missing(heads[1] ?? ''))
  expect(forged.appended).toEqual([])
  expect((await next.createSession({ userId: '43' })).session.userId).toBe('43')
})

it('that was made again is missed, also before the newest that are looked at', async () => {
  const [head] = [await linked(), await linked(), await linked()]
  const next = await open(head)
  forged.link = (link): AuditLink => (link.last === 1 ? { ...link, digest: new Uint8Array(32) } : link)
  expect((await next.auditHead()).kind).toBe('missing')
  expect(await next.verifyAudit({ newest: 1 })).toEqual(missing(head))
})

it('may be older than the newest, as that of another node is', async () => {
  const heads = [await linked(), await linked(), await linked()]
  for (const head of heads) {
    const next = await open(head)
    expect(await next.auditHead()).toEqual({ kind: 'present', head: heads[2] })
    expect(await next.verifyAudit()).toMatchObject({ kind: 'intact', events: 3 })
  }
})

it('that retention took is not missed', async () => {
  const head = await linked()
  await linked()
  clock.advance(days(3))
  await linked()
  await first.forgetEndedSessions()
  const next = await open(head)
  expect((await next.auditHead()).kind).toBe('present')
  expect((await next.verifyAudit()).kind).toBe('intact')
  expect((await database.auditLinks.read(0, 10))[0]?.last).toBeGreaterThan(1)
})

it('that a check names stands in the place of the one that was kept', async () => {
  const head = await linked()
  const next = await open(`1:${'0'.repeat(64)}`)
  expect((await next.verifyAudit()).kind).toBe('broken')
  expect((await next.verifyAudit({ expectedHead: head })).kind).toBe('intact')
})

it('that is none is refused at the start', async () => {
  await expect(open('1:0')).rejects.toMatchObject({ code: 'invalid-argument', field: 'auditHead' })
})
