import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { before, days, hours, milliseconds, minutes, seconds } from '../foundation/time.ts'
import type { Alert, AlertId, DetectorMode, Response } from '../model/alert.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { alertAbout } from './alert-fixture.fake.ts'
import { type CreatedSession, createSession } from './create-session.ts'
import { AlertResponder } from './respond-to-alerts.ts'
import { verifySession } from './verify-session.ts'
import { type Wiring, wire } from './wiring.ts'

let clock: FakeClock
let timers: FakeTimers
let wiring: Wiring
let created: CreatedSession
let told: AlertId[]
let failure: Error | null
let reported: string[]

beforeEach(async () => {
  ;[clock, timers, told, failure, reported] = [fakeClock(), fakeTimers(), [], null, []]
  wiring = wire({
    storage: memoryStorage(),
    clock,
    timers,
    notify: async ({ id }) => {
      if (failure !== null) throw failure
      told.push(id)
    },
    onBackgroundError: (_error, task) => reported.push(task),
  })
  await wiring.storage.open()
  await wiring.coherence.open()
  await setTo('enforce', 'end-session')
  created = await createSession(wiring, { userId: 'ann' })
})

afterEach(async () => {
  await wiring.coherence.close()
  await wiring.storage.close()
})

const setTo = (mode: DetectorMode, response: Response) =>
  wiring.storage.alerts.putSetting({ detector: 'new-country', mode, response }, [])
const responder = (mayGoOn = async () => true) => new AlertResponder(wiring, mayGoOn)

async function added(change: Partial<Alert>): Promise<Alert> {
  const alert = alertAbout(created.session, change)
  await wiring.storage.alerts.add(alert, [])
  return alert
}

const found = ({ id }: Alert) => wiring.storage.alerts.find(id)
const record = () => wiring.storage.sessions.find(created.session.id)

describe('a response', () => {
  it('that ends the session ends it, tells its user, and stands as done', async () => {
    const alert = await added({ response: 'end-session' })
    await responder().respond()
    expect(await verifySession(wiring, created.token)).toEqual({ active: false, reason: 'revoked' })
    expect(await record()).toMatchObject({ endReason: 'revoked', endedBy: 'system' })
    expect(told).toEqual([alert.id])
    expect(await found(alert)).toMatchObject({ respondedAt: clock.now(), version: 2 })
    const { items } = await wiring.storage.events.list(
      { userId: 'ann', sessionId: null, actor: null, request: alert.id, types: [], from: null, until: null },
      { cursor: null, limit: 5 },
    )
    expect(items.map(({ type }) => type)).toEqual(['session.ended'])
  })

  it('that asks for a proof challenges the session, which goes on', async () => {
    const alert = await added({ response: 'require-reauthentication' })
    await responder().respond()
    expect(await verifySession(wiring, created.token)).toMatchObject({
      active: true,
      session: { reauthenticationRequired: true },
    })
    expect(told).toEqual([alert.id])
  })

  it('that tells does nothing else', async () => {
    await added({ response: 'notify' })
    await responder().respond()
    expect(told).toHaveLength(1)
    expect(await record()).toMatchObject({ invalidatedAt: null, challengedAt: null })
  })

  it('is none where the alert only observes, nor where it has happened', async () => {
    await added({ response: null })
    await added({ response: 'end-session', respondedAt: clock.now() })
    await responder().respond()
    expect([told, (await record())?.invalidatedAt]).toEqual([[], null])
  })

  it.each(['resolved', 'false-alarm'] as const)(
    'of an alert that is %s already is dropped',
    async (state) => {
      const alert = await added({ response: 'end-session', state })
      await responder().respond()
      expect(await found(alert)).toMatchObject({ response: null, respondedAt: null })
      expect([told, (await record())?.invalidatedAt]).toEqual([[], null])
    },
  )
})

describe('a process that is killed in between', () => {
  it('before it was written that it happened: another one does it again, and ends nothing twice', async () => {
    const alert = await added({ response: 'end-session' })
    const replace = vi.spyOn(wiring.storage.alerts, 'replace').mockRejectedValueOnce(new Error('killed'))
    await expect(responder().respond()).rejects.toThrow('killed')
    const endedAt = (await record())?.invalidatedAt
    clock.advance(seconds(5))
    await responder().respond()
    expect((await record())?.invalidatedAt).toBe(endedAt)
    expect(await found(alert)).toMatchObject({ respondedAt: clock.now() })
    expect(told).toEqual([alert.id, alert.id])
    replace.mockRestore()
  })

  it('nothing is wrong with others where one alert cannot be written', async () => {
    const bad = await added({ response: 'notify' })
    clock.advance(milliseconds(1))
    const good = await added({ response: 'end-session', firstAt: clock.now(), lastAt: clock.now() })
    const write = wiring.storage.alerts.replace
    const replace = vi
      .spyOn(wiring.storage.alerts, 'replace')
      .mockImplementation((next, events) =>
        next.id === bad.id ? Promise.reject(new Error('no')) : write(next, events),
      )
    const one = responder()
    await expect(one.respond()).rejects.toThrow('no')
    await one.respond()
    expect(await found(good)).toMatchObject({ respondedAt: clock.now() })
    replace.mockRestore()
  })

  it('a challenge whose user has answered meanwhile is not repeated', async () => {
    await added({ response: 'require-reauthentication' })
    failure = new Error('down')
    await responder().respond()
    clock.advance(minutes(1))
    const session = await record()
    if (session === null) throw new Error('there is a session')
    const proved = { ...session, version: session.version + 1, authenticatedAt: clock.now() }
    const origin = { at: clock.now(), by: 'user:ann', request: null, cause: 'reauthentication' } as const
    expect(await wiring.storage.sessions.replace(proved, origin)).toBe(true)
    failure = null
    await responder().respond()
    expect(told).toHaveLength(1)
    expect((await verifySession(wiring, created.token)) as object).toMatchObject({
      session: { reauthenticationRequired: false },
    })
  })
})

it('nobody is challenged who has proved since the alert who they are', async () => {
  const session = await record()
  if (session === null) throw new Error('there is a session')
  const alert = await added({ response: 'require-reauthentication' })
  clock.advance(minutes(2))
  const proved = { ...session, version: session.version + 1, authenticatedAt: clock.now() }
  const origin = { at: clock.now(), by: 'user:ann', request: null, cause: 'reauthentication' } as const
  await wiring.storage.sessions.replace(proved, origin)
  await responder().respond()
  expect(await record()).toMatchObject({ challengedAt: null })
  expect(await found(alert)).toMatchObject({ respondedAt: clock.now() })
})

it('whoever signed in by a clock that is up to a minute ahead is challenged all the same', async () => {
  const lastAt = before(created.session.createdAt, minutes(1))
  await added({ response: 'require-reauthentication', firstAt: lastAt, lastAt })
  await responder().respond()
  expect(await record()).toMatchObject({ challengedAt: clock.now() })
})

it('the log says so where nobody tells anybody', async () => {
  await added({ response: 'notify' })
  await new AlertResponder({ ...wiring, notify: null }, async () => true).respond()
  await added({ response: 'notify' })
  await responder().respond()
  const events = await wiring.storage.events.read(0, 10)
  const shown = events.filter(({ type }) => type === 'alert.changed').map(({ after }) => after)
  expect(shown.map((after) => after?.['is_nobody_told'])).toEqual([true, undefined])
})

describe('a notice that fails', () => {
  it('keeps no session alive, and is tried again later and later', async () => {
    const alert = await added({ response: 'end-session' })
    failure = new Error('down')
    const one = responder()
    await one.respond()
    expect((await record())?.invalidatedAt).not.toBeNull()
    expect(await found(alert)).toMatchObject({ respondedAt: null })
    failure = null
    for (const [pause, isTold] of [
      [29, false],
      [1, true],
    ] as const) {
      clock.advance(seconds(pause))
      await one.respond()
      expect([pause, told.length > 0]).toEqual([pause, isTold])
    }
    expect(await found(alert)).toMatchObject({ respondedAt: clock.now() })
    expect(reported).toEqual(['notify'])
  })

  it('waits no longer than half an hour', async () => {
    await added({ response: 'notify' })
    failure = new Error('down')
    const one = responder()
    for (let tries = 0; tries < 12; tries += 1) {
      await one.respond()
      clock.advance(minutes(30))
    }
    expect(reported).toHaveLength(12)
  })

  it('is given up after a day, which stands in the log', async () => {
    const alert = await added({ response: 'notify' })
    failure = new Error('down')
    const one = responder()
    await one.respond()
    clock.advance(milliseconds(days(1) - 1))
    await one.respond()
    expect(await found(alert)).toMatchObject({ respondedAt: null })
    clock.advance(hours(1))
    await one.respond()
    expect(await found(alert)).toMatchObject({ respondedAt: clock.now() })
    expect(reported.at(-1)).toBe('notify: given up')
  })

  it('holds up no ending behind it, however many there are', async () => {
    const add = async (count: number) => {
      for (let index = 0; index < count; index += 1) await added({ response: 'notify' })
    }
    failure = new Error('down')
    const one = responder()
    await add(499)
    await one.respond()
    await add(3)
    clock.advance(milliseconds(1))
    const now = clock.now()
    const last = await added({ response: 'end-session', firstAt: now, lastAt: now })
    await one.respond()
    await one.respond()
    expect((await record())?.invalidatedAt).not.toBeNull()
    expect(await found(last)).toMatchObject({ response: 'end-session', respondedAt: null })
  })
})

describe('a detector that was turned down meanwhile', () => {
  it.each(['off', 'observe'] as const)('to %s has nothing more happen', async (mode) => {
    const alert = await added({ response: 'end-session' })
    await setTo(mode, 'end-session')
    await responder().respond()
    expect([told, (await record())?.invalidatedAt]).toEqual([[], null])
    expect(await found(alert)).toMatchObject({ response: null, respondedAt: null })
  })

  it('to a milder response has that one happen, and no stricter one where it was turned up', async () => {
    const strict = await added({ response: 'end-session' })
    await setTo('enforce', 'notify')
    await responder().respond()
    expect(await found(strict)).toMatchObject({ response: 'notify', respondedAt: clock.now() })
    const mild = await added({ response: 'notify' })
    await setTo('enforce', 'end-session')
    await responder().respond()
    expect([told, (await record())?.invalidatedAt]).toEqual([[strict.id, mild.id], null])
  })
})

describe('among several processes', () => {
  it('the one that may not go on does nothing', async () => {
    await added({ response: 'end-session' })
    await responder(async () => false).respond()
    expect([told, (await record())?.invalidatedAt]).toEqual([[], null])
  })
})
