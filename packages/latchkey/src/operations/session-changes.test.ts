import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientChanged } from '../detectors/client-changed.ts'
import { versionDowngrade } from '../detectors/version-downgrade.ts'
import { nextTurn } from '../foundation/timers.ts'
import { unknownPlace } from '../model/place.ts'
import { noHistory } from '../model/user-history.ts'
import type { Detector } from '../ports/detector.ts'
import { observationOfEvent } from '../rules/observation-of-event.ts'
import { userAgentSignal } from '../signals/user-agent.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import { createSessions, type Sessions } from './sessions.ts'
import type { SessionsOptions } from './sessions-options.ts'

let sessions: Sessions
let calls: string[]
let token: string
/** As of a database that is away. */
let appendFails = false

async function open(options: Partial<SessionsOptions>): Promise<void> {
  calls = []
  const storage = interceptedStorage(memoryStorage(), async (operation, call) => {
    calls.push(operation)
    if (appendFails && operation === 'events.append') throw new Error('away')
    return call()
  })
  const secret = new Uint8Array(32).fill(7)
  const given = { storage, clock: fakeClock(), secret, cleanup: 'by-command' } as const
  sessions = await createSessions({ ...given, onBackgroundError: () => undefined, ...options })
  token = (await sessions.createSession({ userId: '42', ipAddress: '192.0.2.7', roles: ['admin'] })).token
  await sessions.verifySession(token)
  calls.length = 0
}

async function changes(): Promise<readonly unknown[]> {
  const filter = { types: ['session.network-changed'] } as const
  return (await sessions.listEvents(filter, { cursor: null, limit: 9 })).items
}

const active = { active: true }
const revoked = { active: false, reason: 'revoked' }

describe('a session that is used from another network', () => {
  afterEach(() => sessions.close())

  it('goes on where sessions are bound to none', async () => {
    await open({})
    expect(sessions.verifyCached(token, { ipAddress: '198.51.100.7' })).toMatchObject(active)
    expect(calls).toEqual([])
  })

  it('ends where they are bound, for whoever holds the token', async () => {
    await open({ networkBinding: 'end' })
    const elsewhere = { ipAddress: '198.51.100.7', request: 'r1' }
    expect(sessions.verifyCached(token, elsewhere)).toBeNull()
    expect(await sessions.verifySession(token, elsewhere)).toEqual(revoked)
    expect(await sessions.verifySession(token, { ipAddress: '192.0.2.7' })).toEqual(revoked)
    const { items } = await sessions.listEvents({ types: ['session.ended'] }, { cursor: null, limit: 9 })
    expect(items).toMatchObject([{ reason: 'network-change', actor: 'system', request: 'r1' }])
  })

  it('is one of a rule where a rule says so', async () => {
    await open({ rules: [{ name: 'admins', when: { roles: ['admin'] }, networkBinding: 'end' }] })
    expect(await sessions.verifySession(token, { ipAddress: '2001:db8::1' })).toEqual(revoked)
  })

  describe('and is observed', () => {
    beforeEach(() => open({ networkBinding: 'observe' }))

    it('goes on, and the log says once for each network that it was, without the address', async () => {
      for (const ipAddress of ['198.51.100.7', '198.51.100.8', '203.0.113.1', '198.51.100.7']) {
        expect(await sessions.verifySession(token, { ipAddress })).toMatchObject(active)
      }
      const found = await changes()
      expect(found).toHaveLength(2)
      expect(found).toMatchObject([{ userId: '42', after: { source: expect.any(String) } }, {}])
      expect(JSON.stringify(found)).not.toContain('198.51')
      expect(new Set(found.map((event) => JSON.stringify((event as { after: unknown }).after))).size).toBe(2)
    })

    it('says it with the next use, where it could not be written', async () => {
      appendFails = true
      expect(await sessions.verifySession(token, { ipAddress: '198.51.100.7' })).toMatchObject(active)
      appendFails = false
      expect(await changes()).toEqual([])
      for (const ipAddress of ['198.51.100.7', '198.51.100.8'])
        expect(await sessions.verifySession(token, { ipAddress })).toMatchObject(active)
      expect(await changes()).toHaveLength(1)
    })

    it('reads nothing for it once it is known', async () => {
      await sessions.verifySession(token, { ipAddress: '198.51.100.7' })
      expect(sessions.verifyCached(token, { ipAddress: '198.51.100.9' })).toMatchObject(active)
    })
  })
})

describe('a session that is bound to its network', () => {
  afterEach(() => sessions.close())

  it.each([
    ['the same address', '192.0.2.7'],
    ['its neighbour', '192.0.2.200'],
    ['the same, written as IPv6', '::ffff:192.0.2.9'],
    ['nowhere known', null],
    ['no address', 'unknown'],
  ])('goes on from %s, without a read', async (_where, ipAddress) => {
    await open({ networkBinding: 'end' })
    expect(sessions.verifyCached(token, { ipAddress })).toMatchObject(active)
  })

  it('goes on where no address was kept at sign-in', async () => {
    await open({ networkBinding: 'end', addressPrivacy: 'none' })
    expect(await sessions.verifySession(token, { ipAddress: '198.51.100.7' })).toMatchObject(active)
  })
})

describe('a session that detectors look at', () => {
  const watching = (...observes: Detector['observes']): Detector => ({
    ...{ name: 'watcher', title: 'Watcher', definition: 'Sees.', attack: [], severity: 'low' },
    observes,
    examine: () => null,
  })
  const places = {
    name: 'example',
    locate: (address: string) => ({ ...unknownPlace, country: address.startsWith('192.') ? 'NO' : 'SE' }),
    data: () => null,
  } as never
  const chrome = (version: number) =>
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
  const page = { cursor: null, limit: 9 }

  beforeEach(async () => {
    const signals = [userAgentSignal]
    await open({ detectors: [watching('network-changed', 'client-changed')], places, signals })
    const created = await sessions.createSession({ userId: '43', ipAddress: '192.0.2.7', userAgent: agent })
    token = created.token
    await sessions.verifySession(token, { ipAddress: '192.0.2.7', userAgent: agent })
  })

  afterEach(() => sessions.close())

  async function seen(type: 'session.network-changed' | 'session.client-changed') {
    return (await sessions.listEvents({ types: [type] }, page)).items
  }

  it('is said to be in another country, once, with what was seen then and at sign-in', async () => {
    for (const ipAddress of ['198.51.100.7', '198.51.100.7', '203.0.113.9']) {
      expect(await sessions.verifySession(token, { ipAddress })).toMatchObject(active)
    }
    const found = await seen('session.network-changed')
    expect(found).toMatchObject([
      { userId: '43', before: { last_used_at: expect.any(Number) }, after: { source: expect.any(String) } },
    ])
    expect(found[0]?.facts).toMatchObject({
      sighting: { place: { country: 'SE' } },
      before: { place: { country: 'NO' } },
    })
    expect(JSON.stringify(found)).not.toMatch(/198\.51|203\.0/)
  })

  it('is not said to be anywhere else in another network of the same country', async () => {
    await sessions.verifySession(token, { ipAddress: '192.0.3.7' })
    expect(await seen('session.network-changed')).toEqual([])
  })

  it('is said to be used by another client, once for each', async () => {
    for (const userAgent of [agent, 'curl/8.5.0', 'curl/8.5.0', null]) {
      expect(await sessions.verifySession(token, { userAgent })).toMatchObject(active)
    }
    const found = await seen('session.client-changed')
    expect(found).toHaveLength(1)
    expect(found[0]?.facts).toMatchObject({ sighting: { client: 'program' }, before: { client: 'browser' } })
  })

  it('is said to be elsewhere and used by another client with the next use, where that could not be written', async () => {
    const elsewhere = { ipAddress: '198.51.100.7', userAgent: 'curl/8.5.0' }
    appendFails = true
    expect(await sessions.verifySession(token, elsewhere)).toMatchObject(active)
    await nextTurn()
    appendFails = false
    for (let use = 0; use < 2; use += 1) await sessions.verifySession(token, elsewhere)
    expect(await seen('session.network-changed')).toHaveLength(1)
    expect(await seen('session.client-changed')).toHaveLength(1)
  })

  it('is said to be in another country, however many addresses it had at home', async () => {
    for (let subnet = 1; subnet <= 150; subnet += 1)
      await sessions.verifySession(token, { ipAddress: `192.1.${subnet}.7` })
    expect(await seen('session.network-changed')).toEqual([])
    await sessions.verifySession(token, { ipAddress: '198.51.100.7' })
    await sessions.verifySession(token, { userAgent: 'curl/8.5.0' })
    expect(await seen('session.network-changed')).toHaveLength(1)
    expect(await seen('session.client-changed')).toHaveLength(1)
  })

  it.each([
    [
      'client hints',
      { clientHints: { 'sec-ch-ua': '"Brave";v="142", "Chromium";v="142", "Not?A_Brand";v="24"' } },
    ],
    ['the host', { deviceInfo: { browser: 'Brave' } }],
  ])('is no other browser after an update where only %s named it', async (_by, named) => {
    const facts = { userId: '44', userAgent: chrome(142), ...named }
    const created = await sessions.createSession(facts)
    expect(created.session.deviceInfo.browser).toBe('Brave')
    await sessions.verifySession(created.token, { userAgent: chrome(143) })
    const [event] = await seen('session.client-changed')
    expect(event?.facts).toMatchObject({
      sighting: { device: { browser: 'Chrome', browserVersion: '143' } },
      before: { device: { browser: 'Chrome', browserVersion: '142' } },
    })
    const observation = event === undefined ? null : observationOfEvent(event)
    expect(observation && clientChanged.examine(observation, noHistory('44'))).toBeNull()
    expect(observation && versionDowngrade.examine(observation, noHistory('44'))).toBeNull()
  })

  it('fills no log, however many names of clients somebody makes up', async () => {
    for (let count = 0; count < 300; count += 1)
      await sessions.verifySession(token, { userAgent: `x/${count}` })
    const { items } = await sessions.listEvents(
      { types: ['session.client-changed'] },
      { cursor: null, limit: 500 },
    )
    expect(items).toHaveLength(100)
  })
})
