import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Instant, instantOf } from '../foundation/time.ts'
import type { Observation } from '../model/observation.ts'
import { type NetworkKind, type Place, unknownPlace } from '../model/place.ts'
import { noHistory, type UserHistory } from '../model/user-history.ts'
import { historyAfter } from './user-history.ts'

const start = Date.UTC(2026, 0, 1, 9)
const minute = 60_000
const day = 1_440 * minute

function at(days: number, minutes = 0): Instant {
  return instantOf(start + days * day + minutes * minute)
}

function placeOf(country: string, asn: number, kind: NetworkKind = 'isp'): Place {
  return { ...unknownPlace, country, latitude: 1, longitude: 2, network: { asn, name: null, kind } }
}

function signIn(changes: Partial<Observation> & { place?: Place; version?: string } = {}): Observation {
  const { place = placeOf('NO', 64_500), version = '142', ...rest } = changes
  return {
    position: 1,
    kind: 'sign-in',
    at: at(0),
    userId: '42',
    sessionId: 'ses_aaaaaaaaaaaaaaaaaaaaaaaa',
    deviceId: 'dev_aaaaaaaaaaaaaaaaaaaaaaaa',
    sighting: {
      client: 'browser',
      device: { type: 'desktop', browser: 'Chrome', browserVersion: version, os: 'Windows', osVersion: null },
      place,
      amr: [],
      otherUsers: null,
    },
    before: null,
    lastUsedAt: null,
    source: null,
    refused: null,
    ...rest,
  }
}

function historyOf(...observations: readonly Observation[]): UserHistory {
  return observations.reduce(historyAfter, noHistory('42'))
}

describe('a history', () => {
  it('begins with the first sign-in', () => {
    const thing = { firstAt: at(0), lastAt: at(0), times: 1, confirmed: false }
    expect(historyOf(signIn())).toEqual({
      ...noHistory('42'),
      since: at(0),
      signIns: 1,
      activeDays: 1,
      lastAt: at(0),
      devices: [{ key: 'dev_aaaaaaaaaaaaaaaaaaaaaaaa', ...thing }],
      countries: [{ key: 'NO', ...thing }],
      networks: [{ key: '64500', ...thing }],
      clients: [{ key: 'Chrome on Windows', ...thing }],
      hours: new Array<number>(24).fill(0).with(9, 1),
      recent: [
        { at: at(0), sessionId: 'ses_aaaaaaaaaaaaaaaaaaaaaaaa', deviceId: 'dev_aaaaaaaaaaaaaaaaaaaaaaaa' },
      ],
      days: [{ date: '2026-01-01', signIns: 1 }],
      lastPlace: { at: at(0), place: placeOf('NO', 64_500) },
      versions: [{ key: 'dev_aaaaaaaaaaaaaaaaaaaaaaaa Chrome', browserVersion: '142', osVersion: null }],
    })
  })

  it('counts an hour once a day, however many sign-ins it has', () => {
    const history = historyOf(
      signIn(),
      signIn({ at: at(0, 30) }),
      signIn({ at: at(1) }),
      signIn({ at: at(1, 70) }),
    )
    expect(history.hours[9]).toBe(2)
    expect(history.hours[10]).toBe(1)
    expect(history).toMatchObject({ signIns: 4, activeDays: 2 })
  })

  it('knows of each thing when it came first and last, and how often', () => {
    const [device] = historyOf(signIn(), signIn({ at: at(3) })).devices
    expect(device).toMatchObject({ firstAt: at(0), lastAt: at(3), times: 2 })
  })

  it('looks 28 days back for days', () => {
    const { days } = historyOf(signIn(), signIn({ at: at(1) }), signIn({ at: at(28) }))
    expect(days.map(({ date }) => date)).toEqual(['2026-01-02', '2026-01-29'])
  })

  it('learns places and no sign-in from a network that changed', () => {
    const moved = signIn({ kind: 'network-changed', at: at(1), place: placeOf('SG', 64_501) })
    expect(historyOf(signIn(), moved)).toMatchObject({
      signIns: 1,
      lastAt: at(1),
      countries: [{ key: 'SG' }, { key: 'NO' }],
      lastPlace: { at: at(1) },
    })
  })

  it('learns no version from a network that changed: its session is described as it began', () => {
    const changed = signIn({ kind: 'client-changed', at: at(1), version: '143' })
    const moved = signIn({ kind: 'network-changed', at: at(2), place: placeOf('SG', 64_501) })
    expect(historyOf(signIn(), changed, moved).versions).toMatchObject([{ browserVersion: '143' }])
  })

  it('learns that somebody was behind a VPN, and no country of a session over a hosting network', () => {
    const over = (kind: NetworkKind) =>
      signIn({ kind: 'network-changed', at: at(1), place: placeOf('SG', 64_501, kind) })
    expect(historyOf(signIn(), over('hosting'))).toMatchObject({
      countries: [{ key: 'NO' }],
      networks: [{ key: '64501' }, { key: '64500' }],
      hidden: [{ key: 'hosting' }],
    })
    expect(historyOf(over('vpn')).hidden).toMatchObject([{ key: 'vpn' }])
    expect(historyOf(over('relay')).hidden).toEqual([])
  })

  it('learns versions and no place from a client that changed', () => {
    const changed = signIn({
      kind: 'client-changed',
      at: at(1),
      place: placeOf('SG', 64_501),
      version: '143',
    })
    expect(historyOf(signIn(), changed)).toMatchObject({
      lastAt: at(1),
      countries: [{ key: 'NO' }],
      lastPlace: { at: at(0) },
      versions: [{ browserVersion: '143' }],
    })
  })

  it.each(['token-reused', 'source-limited'] as const)('learns nothing from %s', (kind) => {
    const before = historyOf(signIn())
    expect(historyAfter(before, signIn({ kind, at: at(1) }))).toBe(before)
  })

  it.each<[NetworkKind, boolean, boolean]>([
    ['isp', true, true],
    ['unknown', true, true],
    ['mobile', true, false],
    ['hosting', true, false],
    ['vpn', false, false],
    ['relay', false, false],
    ['tor', false, false],
    ['private', false, false],
  ])('of a network of kind %s learns the country: %j, the place: %j', (kind, country, place) => {
    const history = historyOf(signIn({ place: placeOf('SG', 64_501, kind) }))
    expect(history.countries.length > 0).toBe(country)
    expect(history.lastPlace !== null).toBe(place)
    expect(history.networks).toMatchObject([{ key: '64501' }])
  })

  it('does not step back for what comes late', () => {
    const history = historyOf(signIn({ at: at(2) }), signIn({ at: at(1), place: placeOf('SG', 64_501) }))
    expect(history).toMatchObject({ lastAt: at(2), lastPlace: { at: at(2) } })
  })

  it('stays bounded, keeps what came last, and is written as JSON', () => {
    const steps = fc.array(fc.record({ minutes: fc.nat(3_000), asn: fc.nat(90), device: fc.nat(90) }), {
      minLength: 150,
      maxLength: 250,
    })
    fc.assert(
      fc.property(steps, (all) => {
        let [history, minutes] = [noHistory('42'), 0]
        for (const { minutes: more, asn, device } of all) {
          minutes += more
          const deviceId = `dev_${device}` as const
          history = historyAfter(history, signIn({ at: at(0, minutes), deviceId, place: placeOf('NO', asn) }))
          expect(history.devices[0]?.key).toBe(deviceId)
        }
        expect(history.devices.length).toBeLessThanOrEqual(50)
        expect(history.networks.length).toBeLessThanOrEqual(50)
        expect(history.versions.length).toBeLessThanOrEqual(50)
        expect(history.recent.length).toBe(64)
        expect(history.days.length).toBeLessThanOrEqual(28)
        expect(history.signIns).toBe(all.length)
        expect(JSON.parse(JSON.stringify(history))).toEqual(history)
      }),
      { numRuns: 20 },
    )
  })
})
