import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days, seconds } from '../foundation/time.ts'
import type { NewSessionEvent } from '../model/session-event.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { eventsInOneLink } from './audit-chain.ts'
import { ForgedLog } from './forged-log.fake.ts'
import { createSessions, type Sessions } from './sessions.ts'

const secret = new Uint8Array(32).fill(7)

let clock: FakeClock
let database: Storage
let sessions: Sessions
let forged: ForgedLog

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

async function open(newStorage: () => Storage): Promise<void> {
  clock = fakeClock()
  forged = new ForgedLog()
  database = newStorage()
  sessions = await createSessions({
    ...{ storage: forged.over(database), clock, secret, cleanup: 'by-command' },
    onBackgroundError: () => undefined,
  })
}

const timeLimit = 60_000

/** Three links of five events each. */
async function threeLinks(): Promise<void> {
  for (let link = 0; link < 3; link += 1) {
    for (let count = 0; count < 5; count += 1) await sessions.createSession({ userId: `${link}-${count}` })
    await sessions.verifyAudit()
    clock.advance(days(1))
  }
}

describe.each(storages)('the chain over the log in %s', (_engine, newStorage) => {
  beforeEach(() => open(newStorage))
  afterEach(() => sessions.close())

  it('of an empty log is intact and has no head', async () => {
    expect(await sessions.verifyAudit()).toEqual({
      ...{ kind: 'intact', events: 0, unlinked: 0, from: null, head: null },
    })
  })

  it('holds every event, and says how far it went', async () => {
    const start = clock.now()
    await threeLinks()
    const told: number[] = []
    const found = await sessions.verifyAudit({ onProgress: (events) => told.push(events) })
    expect(found).toMatchObject({ kind: 'intact', events: 15, unlinked: 0, from: start })
    expect(told).toEqual([5, 10, 15])
  })

  it('gives a head that it still holds when it has grown', async () => {
    await threeLinks()
    const first = await sessions.verifyAudit()
    const head = first.kind === 'intact' ? first.head : null
    expect(head).toMatch(/^15:[0-9a-f]{64}$/)
    await sessions.createSession({ userId: '42' })
    expect(await sessions.verifyAudit({ expectedHead: head ?? '' })).toMatchObject({
      kind: 'intact',
      events: 16,
    })
    const another = `14:${'0'.repeat(64)}`
    expect(await sessions.verifyAudit({ expectedHead: another })).toEqual({
      ...{ kind: 'broken', first: 14, last: 14, fault: 'head-missing' },
    })
  })

  it.each(['15', '15:', `15:${'0'.repeat(63)}`, `x:${'0'.repeat(64)}`, `15:${'0'.repeat(64)} `])(
    'does not look for the head %j',
    async (expectedHead) => {
      const checking = sessions.verifyAudit({ expectedHead })
      await expect(checking).rejects.toMatchObject({ code: 'invalid-argument', field: 'expectedHead' })
    },
  )

  const changed: readonly [string, Partial<NewSessionEvent>][] = [
    ['actor', { actor: 'admin:7' }],
    ['moment', { at: seconds(1) as never }],
    ['user', { userId: 'mallory' }],
    ['type', { type: 'session.ended' }],
    ['request', { request: 'r1' }],
    ['state before', { before: {} }],
    ['state after', { after: { a: 1 } }],
    ['reason', { reason: 'logout' }],
    ['device', { device: null }],
    ['session', { sessionId: null }],
  ]
  it.each(changed)('finds that the %s of an event was altered, and where', async (_what, change) => {
    await threeLinks()
    forged.event = (event) => (event.position === 7 ? { ...event, ...change } : event)
    expect(await sessions.verifyAudit()).toEqual({ kind: 'broken', first: 6, last: 10, fault: 'altered' })
  })

  it('finds that an event was removed, at the beginning, within and at the end', async () => {
    await threeLinks()
    for (const position of [1, 6, 8, 10, 15]) {
      forged.event = (event) => (event.position === position ? null : event)
      const first = Math.floor((position - 1) / 5) * 5 + 1
      const broken = { kind: 'broken', first, last: first + 4, fault: 'altered' }
      expect(await sessions.verifyAudit()).toEqual(broken)
    }
  })

  it('finds that two events changed places', async () => {
    await threeLinks()
    forged.event = (event) => {
      if (event.position !== 7 && event.position !== 8) return event
      return { ...event, position: 15 - event.position }
    }
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'broken', first: 6, last: 10 })
  })

  it('finds that an event was added', async () => {
    await threeLinks()
    const [event] = await database.events.read(0, 1)
    if (event !== undefined) forged.added = [{ ...event, position: 7.5 }]
    expect(await sessions.verifyAudit()).toEqual({ kind: 'broken', first: 6, last: 10, fault: 'altered' })
    if (event !== undefined) forged.added = [{ ...event, position: 5.5 }]
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'broken', first: 6, fault: 'altered' })
  })

  it('finds that a link was removed, also with its events', async () => {
    await threeLinks()
    forged.link = (link) => (link.last === 10 ? null : link)
    expect(await sessions.verifyAudit()).toEqual({
      kind: 'broken',
      first: 6,
      last: 10,
      fault: 'links-missing',
    })
    forged.event = (event) => (event.position > 5 && event.position < 11 ? null : event)
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'broken' })
  })

  it('finds that the beginning was removed, since no retention says so', async () => {
    await threeLinks()
    forged.link = (link) => (link.last === 5 ? null : link)
    forged.event = (event) => (event.position < 6 ? null : event)
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'broken', fault: 'beginning-missing' })
  })

  it('finds that a link was altered', async () => {
    await threeLinks()
    for (const change of [{ digest: new Uint8Array(32) }, { at: seconds(1) as never }]) {
      forged.link = (link) => (link.last === 10 ? { ...link, ...change } : link)
      expect(await sessions.verifyAudit()).toMatchObject({ kind: 'broken', first: 6, fault: 'altered' })
    }
  })

  it('finds that its end was cut off after this process has seen it, and makes no new end', async () => {
    await threeLinks()
    forged.link = (link) => (link.last === 15 ? null : link)
    forged.event = (event) => (event.position > 12 ? null : event)
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'broken', first: 15, fault: 'head-missing' })
    expect(await database.auditLinks.latest()).toMatchObject({ last: 15 })
  })

  it('makes no new end behind links that another process made again in the place of those it has seen', async () => {
    await threeLinks()
    const madeAgain = { digest: new Uint8Array(32) }
    forged.link = (link) => (link.last === 15 ? { ...link, ...madeAgain } : link)
    forged.appended.length = 0
    await sessions.createSession({ userId: 'later' })
    for (let check = 0; check < 2; check += 1) {
      expect(await sessions.verifyAudit()).toMatchObject({ kind: 'broken' })
      expect(forged.appended).toEqual([])
    }
    forged.link = (link) => (link.last > 5 ? { ...link, last: link.last + 1, ...madeAgain } : link)
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'broken' })
    expect(forged.appended).toEqual([])
  })

  it('cannot be made again by whoever has the database and not the secret', async () => {
    await threeLinks()
    const without = await createSessions({
      storage: forged.over(database),
      clock,
      cleanup: 'by-command',
    }).catch(() => null)
    if (without === null) return
    expect(await without.verifyAudit()).toMatchObject({ kind: 'broken', fault: 'altered' })
  })

  it('still holds when a user is erased, and an erased event is not one that anybody can make', async () => {
    await threeLinks()
    await sessions.forgetUser('1-2', { by: 'admin:7' })
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'intact', events: 16 })
    const { items } = await sessions.listEvents({ types: ['event.erased'] }, { cursor: null, limit: 9 })
    expect(items).toMatchObject([{ position: 8, userId: null, actor: 'system' }])
    const digest = new Uint8Array(32)
    forged.event = (event) => (event.position === 7 ? { ...event, type: 'event.erased', digest } : event)
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'broken', first: 6, fault: 'altered' })
  })

  it.each([
    { type: 'session.ended', actor: 'admin:7', userId: '42', reason: 'revoked' },
    { after: { scope: 'everybody' } },
    { actor: 'admin:7' },
  ] as const)('finds that something was written where an event was erased', async (written) => {
    await threeLinks()
    await sessions.forgetUser('1-2', { by: 'admin:7' })
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'intact' })
    forged.event = (event) => (event.type === 'event.erased' ? { ...event, ...written } : event)
    expect(await sessions.verifyAudit()).toMatchObject({ kind: 'broken', fault: 'altered' })
  })

  it(
    'has links of bounded size',
    async () => {
      const event = { type: 'request.refused', actor: 'system', after: { kind: 'forbidden' } } as const
      for (let count = 0; count < 5; count += 1) await sessions.recordEvents(new Array(500).fill(event))
      expect(await sessions.verifyAudit()).toMatchObject({ kind: 'intact', events: 2_500 })
      const links = await database.auditLinks.read(0, 10)
      expect(links.map(({ count }) => count)).toEqual([eventsInOneLink, eventsInOneLink, 500])
    },
    timeLimit,
  )
})
