import { before, createSessions, days, instantOf } from 'latchkey'
import { defaultDetectors } from 'latchkey/detectors'
import { memoryStorage } from 'latchkey/memory'
import { userAgentSignal } from 'latchkey/signals'
import { expect, it } from 'vitest'
import { demoPlaceOf } from './demo-place.ts'
import { demoPlaceSource } from './demo-place-source.ts'
import { customerId } from './demo-user-id.ts'
import { castSize, incidentStory } from './incident-story.ts'
import { movingClock } from './moving-clock.ts'
import { playStory } from './play-story.ts'

const plan = { seed: '1', users: 3, days: 90, endsAt: instantOf(Date.parse('2026-11-24T12:00:00Z')) }
const story = incidentStory(plan).toSorted((a, b) => a.at - b.at)
const userIds = Array.from({ length: plan.users + castSize(plan) }, (_, index) => customerId(index))

/** What detectors make of it: of each alert its detector and severity, and how many there are in all. */
async function alertsOf() {
  const clock = movingClock(before(plan.endsAt, days(100)))
  const sessions = await createSessions({
    storage: memoryStorage(),
    clock,
    cleanup: 'by-command',
    reports: 'by-command',
    secret: new Uint8Array(32).fill(7),
    places: demoPlaceSource,
    signals: [userAgentSignal],
    detectors: defaultDetectors,
  })
  await playStory(story, { sessions, clock, userIds, onProgress: () => {} })
  clock.moveTo(plan.endsAt)
  await sessions.updateReports()
  const { items } = await sessions.listAlerts(
    { severities: ['low', 'medium', 'high'] },
    { cursor: null, limit: 100 },
  )
  await sessions.close()
  return items
}

it('has the same incidents for the same plan, and none in a story that is too short to know anybody', () => {
  expect(incidentStory(plan)).toEqual(incidentStory(plan))
  expect(incidentStory({ ...plan, days: 20 })).toEqual([])
  expect(castSize({ days: 20 })).toBe(0)
})

it('keeps to addresses for documentation, and to its time', () => {
  const addresses = story.flatMap((step) => ('ipAddress' in step ? [step.ipAddress ?? ''] : []))
  expect(addresses.every((address) => demoPlaceOf(address) !== null)).toBe(true)
  expect(story.at(-1)?.at).toBeLessThanOrEqual(plan.endsAt)
})

it('makes an inbox that can be read: a few alerts, of many kinds and of each severity', async () => {
  const alerts = await alertsOf()
  expect(alerts.length).toBeGreaterThanOrEqual(10)
  expect(alerts.length).toBeLessThanOrEqual(30)
  expect([...new Set(alerts.map(({ detector }) => detector))].sort()).toEqual(
    [
      ...['client-changed', 'country-changed', 'dormant-account', 'impossible-travel', 'new-country'],
      ...['new-network', 'odd-hour', 'programmatic-client', 'session-burst', 'shared-device'],
      ...['version-downgrade', 'network-changed', 'new-device'],
    ].sort(),
  )
  expect([...new Set(alerts.map(({ severity }) => severity))].sort()).toEqual(['high', 'low', 'medium'])
})
