import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { SessionEvent } from '../model/session-event.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import { eventsInOneRead } from './deliver-events.ts'
import { createSessions, type Sessions } from './sessions.ts'

const away = new LatchkeyError('storage-unavailable', 'the storage is away')

let timers: FakeTimers
let calls: string[]
/** What the names of the failing operations begin with. */
let failing: string
/** Until then nobody is told that what they ended has ended; null: at once. */
let answerLate: Promise<void> | null
let errors: [error: unknown, task: string][]
let sessions: Sessions

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await nextTurn()
}

const create = (userId: string): Promise<unknown> => sessions.createSession({ userId })

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('a subscriber, with %s,', (_engine, newStorage) => {
  beforeEach(async () => {
    timers = fakeTimers()
    calls = []
    failing = 'nothing'
    answerLate = null
    errors = []
    const storage = interceptedStorage(newStorage(), async (operation, call) => {
      calls.push(operation)
      if (operation.startsWith(failing)) throw away
      const result = await call()
      if (operation === 'sessions.invalidate') await answerLate
      return result
    })
    sessions = await createSessions({
      storage,
      timers,
      clock: fakeClock(),
      secret: new Uint8Array(32).fill(7),
      cleanup: 'by-command',
      onBackgroundError: (error, task) => errors.push([error, task]),
    })
  })
  afterEach(() => sessions.close())

  it('is told of devices, too', async () => {
    const received: SessionEvent[] = []
    sessions.subscribe((event) => received.push(event))
    await settle()
    const { device } = await sessions.createSession({ userId: '42', deviceTokens: [] })
    await sessions.changeDevice(device?.id ?? '', { name: 'Mine' })
    await sessions.forgetDevice(device?.id ?? '')
    await settle()
    const ofDevices = received.filter(({ type }) => type.startsWith('device.'))
    expect(ofDevices.map(({ type }) => type)).toEqual(['device.added', 'device.changed', 'device.forgotten'])
    for (const event of ofDevices) expect(event).toMatchObject({ deviceId: device?.id, sessionId: null })
    expect(received.find(({ type }) => type === 'session.created')).toMatchObject({ deviceId: device?.id })
    expect(errors).toEqual([])
  })

  it('is told of each event from then on, once and in order', async () => {
    await create('before')
    const events: SessionEvent[] = []
    sessions.subscribe((event) => events.push(event))
    const { session } = await sessions.createSession({ userId: '42' })
    await sessions.renewSession(session.id, { amr: ['pwd'] })
    await sessions.invalidateSession(session.id, { reason: 'logout', by: 'user:42' })
    await settle()
    expect(events.map(({ type, userId, reason }) => [type, userId, reason])).toEqual([
      ['session.created', '42', null],
      ['session.renewed', '42', null],
      ['session.ended', '42', 'logout'],
    ])
    const positions = events.map(({ position }) => position)
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
  })

  it('that looks at a session when it is told of its ending finds it ended, before anybody else has an answer', async () => {
    const { session, token } = await sessions.createSession({ userId: '42' })
    await sessions.verifySession(token)
    const found: unknown[] = []
    sessions.subscribe(async () => found.push(await sessions.verifySession(token)))
    let answer: () => void = () => undefined
    answerLate = new Promise((resolve) => {
      answer = resolve
    })
    const ending = sessions.invalidateSession(session.id)
    await settle()
    expect(found).toEqual([{ active: false, reason: 'revoked' }])
    answer()
    expect(await ending).toBe(true)
  })

  it('misses nothing that its caller does in the same breath', async () => {
    const users: string[] = []
    sessions.subscribe(({ userId }) => users.push(userId ?? ''))
    const made = create('1')
    sessions.subscribe(({ userId }) => users.push(`again ${userId}`))
    await Promise.all([made, create('2')])
    await settle()
    expect(users.filter((user) => !user.startsWith('again'))).toEqual(['1', '2'])
    expect(users).toContain('again 2')
  })

  it('is told of more than one read brings', async () => {
    const users: string[] = []
    sessions.subscribe(({ userId }) => users.push(userId ?? ''))
    await Promise.all(Array.from({ length: 1_200 }, (_, index) => create(String(index))))
    await settle()
    expect(users).toEqual(Array.from({ length: 1_200 }, (_, index) => String(index)))
  })

  it('that throws is reported and keeps no other from being told', async () => {
    const failure = new Error('a page that is gone')
    const users: string[] = []
    sessions.subscribe(() => {
      throw failure
    })
    sessions.subscribe(({ userId }) => users.push(userId ?? ''))
    await create('1')
    await create('2')
    await settle()
    expect(users).toEqual(['1', '2'])
    expect(errors).toEqual([
      [failure, 'subscriber'],
      [failure, 'subscriber'],
    ])
  })

  it('that leaves is told no more; when the last one left, nobody reads the log', async () => {
    const users: string[] = []
    const leave = sessions.subscribe(({ userId }) => users.push(userId ?? ''))
    await create('1')
    await settle()
    leave()
    leave()
    calls.length = 0
    await create('2')
    await settle()
    expect(users).toEqual(['1'])
    expect(calls).toEqual(['sessions.insert'])
    sessions.subscribe(({ userId }) => users.push(userId ?? ''))
    await create('3')
    await settle()
    expect(users).toEqual(['1', '3'])
  })

  it('is told afterwards of what happened while the log could not be read', async () => {
    const users: string[] = []
    sessions.subscribe(({ userId }) => users.push(userId ?? ''))
    await settle()
    failing = 'events.'
    await create('1')
    await settle()
    expect(errors).toEqual([[away, 'deliver-events']])
    failing = 'nothing'
    timers.advance(seconds(1))
    await settle()
    expect(users).toEqual(['1'])
  })

  it('that came later is told nothing from before, also when the others are behind', async () => {
    const users: string[] = []
    const later: string[] = []
    sessions.subscribe(({ userId }) => users.push(userId ?? ''))
    await settle()
    failing = 'events.read'
    await create('1')
    await settle()
    sessions.subscribe(({ userId }) => later.push(userId ?? ''))
    await settle()
    failing = 'nothing'
    await create('2')
    await settle()
    expect(users).toEqual(['1', '2'])
    expect(later).toEqual(['2'])
  })

  it('that begins while more than one read is being told misses nothing that its caller does next', async () => {
    const later: string[] = []
    let told = 0
    sessions.subscribe(() => {
      told += 1
      if (told !== eventsInOneRead) return
      sessions.subscribe(({ userId }) => later.push(userId ?? ''))
      void create('next')
    })
    await settle()
    await Promise.all(Array.from({ length: eventsInOneRead }, () => create('before')))
    await settle()
    expect(told).toBe(eventsInOneRead + 1)
    expect(later).toEqual(['next'])
  })

  it('whose beginning failed is told from when the log can be read again', async () => {
    failing = 'events.'
    const users: string[] = []
    sessions.subscribe(
      ({ userId }) => users.push(userId ?? ''),
      () => users.push('begun'),
    )
    await settle()
    failing = 'nothing'
    await create('before it could begin')
    timers.advance(seconds(1))
    await settle()
    await create('1')
    await settle()
    expect(users.filter((user) => user !== 'before it could begin')).toEqual(['begun', '1'])
  })

  it('is told that it has begun, once, before the first event', async () => {
    const heard: string[] = []
    for (const name of ['a', 'b']) {
      sessions.subscribe(
        ({ userId }) => heard.push(`${name} ${userId}`),
        () => heard.push(`${name} begun`),
      )
      await settle()
    }
    await create('1')
    await create('2')
    await settle()
    expect(heard).toEqual(['a begun', 'b begun', 'a 1', 'b 1', 'a 2', 'b 2'])
  })

  it('is told nothing after the close', async () => {
    const users: string[] = []
    sessions.subscribe(({ userId }) => users.push(userId ?? ''))
    await create('1')
    await sessions.close()
    users.length = 0
    sessions.subscribe(({ userId }) => users.push(userId ?? ''))
    await settle()
    expect(users).toEqual([])
    expect(timers.pending).toBe(0)
  })

  it('whose beginning is waited for is told of the close', async () => {
    failing = 'events.'
    const heard: string[] = []
    sessions.subscribe(
      () => {},
      () => heard.push('before'),
    )
    await settle()
    await sessions.close()
    sessions.subscribe(
      () => {},
      () => heard.push('after'),
    )
    expect(heard).toEqual(['before', 'after'])
  })
})
