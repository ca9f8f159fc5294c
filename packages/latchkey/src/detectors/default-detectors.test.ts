import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf } from '../foundation/time.ts'
import { severities } from '../model/finding.ts'
import { observationKinds } from '../model/observation.ts'
import { networkKinds, type Place } from '../model/place.ts'
import { clientKinds } from '../model/sighting.ts'
import { noHistory, type UserHistory } from '../model/user-history.ts'
import { historyAfter } from '../rules/user-history.ts'
import { defaultDetectors } from './default-detectors.ts'
import { laptop, newLaptop, observed, sightingWith } from './examined.fake.ts'

/** What a sentence says where a number or a name is missing in it. */
const holes = /NaN|undefined|\bnull\b|Infinity/

/** Names as there are; none that would look like a hole in the sentence, as `NaN` would. */
const text = fc
  .oneof(fc.constantFrom('NO', 'SG', 'Chrome', 'unknown', '142'), fc.string({ maxLength: 6 }))
  .filter((chosen) => chosen !== '' && chosen === chosen.trim() && !holes.test(` ${chosen} `))
const known = fc.option(text)
const place: fc.Arbitrary<Place> = fc.record({
  country: known,
  region: known,
  city: known,
  latitude: fc.option(fc.double({ min: -90, max: 90, noNaN: true })),
  longitude: fc.option(fc.double({ min: -180, max: 180, noNaN: true })),
  accuracyRadius: fc.option(fc.integer({ min: 0, max: 3_000 })),
  network: fc.option(
    fc.record({ asn: fc.option(fc.nat(3)), name: known, kind: fc.constantFrom(...networkKinds) }),
  ),
})
const sighting = fc.record({
  client: fc.constantFrom(...clientKinds),
  place: fc.option(place),
  browser: text,
  browserVersion: known,
  os: text,
  otherUsers: fc.option(fc.nat(50)),
})
const instant = fc.nat(200 * 24 * 60).map((minutes) => instantOf(Date.UTC(2026, 0, 1) + minutes * 60_000))
const observation = fc
  .record({
    kind: fc.constantFrom(...observationKinds),
    at: instant,
    lastUsedAt: fc.option(instant),
    deviceId: fc.constantFrom(null, laptop, newLaptop),
    now: fc.option(sighting),
    earlier: fc.option(sighting),
  })
  .map(({ kind, at, lastUsedAt, deviceId, now, earlier }) => {
    const seen = (found: typeof now) =>
      found &&
      sightingWith({
        client: found.client,
        place: found.place,
        otherUsers: found.otherUsers,
        device: { ...sightingWith().device, ...found },
      })
    return observed({ kind, at, lastUsedAt, deviceId, sighting: seen(now), before: seen(earlier) })
  })

describe('all detectors', () => {
  it('have names of their own, a definition, and techniques by their numbers', () => {
    expect(new Set(defaultDetectors.map(({ name }) => name)).size).toBe(16)
    for (const { name, title, definition, attack, observes } of defaultDetectors) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(title.length).toBeGreaterThan(3)
      expect(definition).toMatch(/\.$/)
      expect(attack.length).toBeGreaterThan(0)
      for (const technique of attack) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/)
      expect(observes.length).toBeGreaterThan(0)
    }
  })

  it('never throw, whatever they are shown, and say it in a sentence', () => {
    fc.assert(
      fc.property(fc.array(observation, { minLength: 1, maxLength: 12 }), (observations) => {
        let history: UserHistory = noHistory('42')
        for (const next of observations) {
          for (const detector of defaultDetectors) {
            if (!detector.observes.includes(next.kind)) continue
            const found = detector.examine(next, history)
            if (found === null || found === 'learning') continue
            expect(found.reason).toMatch(/^\S.*\.$/s)
            expect(found.reason).not.toMatch(holes)
            expect(found.subject.length).toBeGreaterThan(0)
            expect(severities).toContain(found.severity ?? detector.severity)
          }
          history = historyAfter(history, next)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('say nothing odd of what is not known', () => {
    const unknown = observed({
      deviceId: null,
      sighting: sightingWith({ client: 'unknown', place: null, otherUsers: null }),
      before: sightingWith({ client: 'unknown', place: null }),
    })
    for (const kind of ['sign-in', 'network-changed', 'client-changed'] as const) {
      for (const detector of defaultDetectors.filter(({ observes }) => observes.includes(kind))) {
        expect([null, 'learning']).toContain(detector.examine({ ...unknown, kind }, noHistory('42')))
      }
    }
  })
})
