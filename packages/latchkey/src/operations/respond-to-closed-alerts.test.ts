import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { minutes } from '../foundation/time.ts'
import type { Alert, AlertId, Response } from '../model/alert.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { fakeTimers } from '../testing/fake-timers.ts'
import { alertAbout } from './alert-fixture.fake.ts'
import { answerAlert } from './answer-alert.ts'
import { changeAlert } from './change-alert.ts'
import { type CreatedSession, createSession } from './create-session.ts'
import { AlertResponder } from './respond-to-alerts.ts'
import { type Wiring, wire } from './wiring.ts'

let clock: FakeClock
let wiring: Wiring
let created: CreatedSession
let told: AlertId[]
let telling: (id: AlertId) => Promise<unknown>

beforeEach(async () => {
  ;[clock, told, telling] = [fakeClock(), [], async () => undefined]
  wiring = wire({
    storage: memoryStorage(),
    clock,
    timers: fakeTimers(),
    notify: async ({ id }) => {
      await telling(id)
      told.push(id)
    },
    onBackgroundError: () => undefined,
  })
  await wiring.storage.open()
  await wiring.coherence.open()
  await wiring.storage.alerts.putSetting(
    { detector: 'new-country', mode: 'enforce', response: 'end-session' },
    [],
  )
  created = await createSession(wiring, { userId: 'ann' })
})

afterEach(async () => {
  await wiring.coherence.close()
  await wiring.storage.close()
})

const responder = () => new AlertResponder(wiring, async () => true)
const found = ({ id }: Alert) => wiring.storage.alerts.find(id)
const record = () => wiring.storage.sessions.find(created.session.id)
const down = async () => Promise.reject(new Error('down'))

async function added(response: Response): Promise<Alert> {
  const alert = alertAbout(created.session, { response })
  await wiring.storage.alerts.add(alert, [])
  return alert
}

/** As by a finding that came meanwhile. */
async function grown(alert: Alert, change: Partial<Alert>): Promise<void> {
  const next = { ...alert, ...change, count: alert.count + 1, version: alert.version + 1 }
  expect(await wiring.storage.alerts.replace(next, [])).toBe(true)
}

async function changesOf({ id }: Alert): Promise<unknown[]> {
  const nobody = { userId: null, sessionId: null, request: null, from: null, until: null }
  const filter = { ...nobody, actor: 'system', types: ['alert.changed'] } as const
  const { items } = await wiring.storage.events.list(filter, { cursor: null, limit: 9 })
  return items.map(({ after }) => after).filter((after) => after?.['alert'] === id)
}

describe('an alert that is closed once its response was carried out', () => {
  it.each(['end-session', 'require-reauthentication'] as const)(
    'says so by %s, and nobody is told any more',
    async (response) => {
      const alert = await added(response)
      telling = down
      const one = responder()
      await one.respond()
      await changeAlert(wiring, alert.id, { state: 'resolved' })
      telling = async () => undefined
      clock.advance(minutes(1))
      await one.respond()
      expect(await found(alert)).toMatchObject({ state: 'resolved', response, respondedAt: clock.now() })
      expect((await changesOf(alert))[0]).not.toHaveProperty('is_dropped')
      expect(told).toEqual([])
    },
  )

  it.each(['end-session', 'require-reauthentication'] as const)(
    'says so by %s after a restart, too',
    async (response) => {
      const alert = await added(response)
      telling = down
      await responder().respond()
      await answerAlert(wiring, alert.id, 'me')
      await responder().respond()
      expect(await found(alert)).toMatchObject({ answer: 'me', response, respondedAt: clock.now() })
    },
  )

  it('says what was done where it has grown to ask for more', async () => {
    const alert = await added('require-reauthentication')
    telling = down
    const one = responder()
    await one.respond()
    await grown(alert, { response: 'end-session', state: 'resolved' })
    clock.advance(minutes(1))
    await one.respond()
    expect(await found(alert)).toMatchObject({
      response: 'require-reauthentication',
      respondedAt: clock.now(),
    })
    expect(await record()).toMatchObject({ invalidatedAt: null })
  })

  it('is dropped where it is about another session by then, to which nothing was done', async () => {
    const alert = await added('end-session')
    const other = await createSession(wiring, { userId: 'ann' })
    telling = down
    const one = responder()
    await one.respond()
    await grown(alert, { sessionId: other.session.id, state: 'resolved' })
    clock.advance(minutes(1))
    await one.respond()
    expect(await found(alert)).toMatchObject({ response: null, respondedAt: null })
    expect((await changesOf(alert))[0]).toHaveProperty('is_dropped', true)
  })

  it('while its user is told is not told a second time, nor dropped', async () => {
    const alert = await added('notify')
    telling = (id) => changeAlert(wiring, id, { state: 'resolved' })
    const one = responder()
    await one.respond()
    await one.respond()
    expect(await found(alert)).toMatchObject({ response: 'notify', respondedAt: clock.now() })
    expect(told).toEqual([alert.id])
  })
})

describe('an alert that has changed since the run began', () => {
  async function respondTo(alert: Alert): Promise<void> {
    vi.spyOn(wiring.storage.alerts, 'unanswered').mockResolvedValueOnce([alert])
    await responder().respond()
  }

  it('ends no session where it is closed', async () => {
    const alert = await added('end-session')
    await answerAlert(wiring, alert.id, 'me')
    await respondTo(alert)
    expect([told, (await record())?.invalidatedAt]).toEqual([[], null])
    expect(await found(alert)).toMatchObject({ response: null, respondedAt: null })
  })

  it('is left alone where another process has responded', async () => {
    const alert = await added('end-session')
    await wiring.storage.alerts.replace({ ...alert, version: 2, respondedAt: clock.now() }, [])
    await respondTo(alert)
    expect([told, (await record())?.invalidatedAt]).toEqual([[], null])
  })

  it('has done what it has grown to ask for, though something milder was done before', async () => {
    const alert = await added('notify')
    telling = down
    const one = responder()
    await one.respond()
    await grown(alert, { response: 'end-session' })
    clock.advance(minutes(1))
    await one.respond()
    expect((await record())?.invalidatedAt).toBe(clock.now())
  })
})
