import { describe, expect, it } from 'vitest'
import type { DeviceId } from '../model/device.ts'
import { noHistory } from '../model/user-history.ts'
import { aboveHabit } from './above-habit.ts'
import { dormantAccount } from './dormant-account.ts'
import {
  daysBeforeNoon,
  laptop,
  minutesFromNoon,
  newLaptop,
  noon,
  observed,
  regular,
  sightingWith,
} from './examined.fake.ts'
import { oddHour } from './odd-hour.ts'
import { refusedTokens } from './refused-tokens.ts'
import { sessionBurst } from './session-burst.ts'
import { sharedDevice } from './shared-device.ts'
import { tokenReuse } from './token-reuse.ts'

const today = '2026-06-10'
const otherPhone: DeviceId = 'dev_cccccccccccccccccccccccc'

/** Sign-ins so many minutes before noon. */
function recentOf(...signIns: readonly [minutesAgo: number, deviceId: DeviceId | null][]) {
  return signIns.map(([minutesAgo, deviceId]) => ({
    at: minutesFromNoon(-minutesAgo),
    sessionId: 'ses_aaaaaaaaaaaaaaaaaaaaaaaa' as const,
    deviceId,
  }))
}

describe('many sessions at once', () => {
  const four = recentOf([9, null], [8, null], [2, null], [1, null])

  it('are five within ten minutes', () => {
    expect(sessionBurst.examine(observed(), regular({ recent: four }))).toMatchObject({
      severity: 'low',
      subject: `day:${today}`,
      reason: '5 sign-ins in 10 minutes on 5 devices; at most 1 on a day before.',
    })
    expect(sessionBurst.examine(observed(), regular({ recent: four.slice(1) }))).toBeNull()
    const slower = recentOf([10, null], [8, null], [2, null], [1, null])
    expect(sessionBurst.examine(observed(), regular({ recent: slower }))).toBeNull()
  })

  it('are none on two devices, as of a page that signs in in a circle', () => {
    const circle = recentOf([4, laptop], [3, laptop], [2, newLaptop], [1, laptop])
    expect(sessionBurst.examine(observed(), regular({ recent: circle }))).toBeNull()
  })

  it('are none for whoever has had as many on a day before', () => {
    const days = [{ date: '2026-06-09', signIns: 5 }]
    expect(sessionBurst.examine(observed(), regular({ recent: four, days }))).toBeNull()
  })

  it('are of severity medium where each device is known for what it is', () => {
    const three = recentOf([4, laptop], [3, newLaptop], [2, otherPhone], [1, laptop])
    expect(sessionBurst.examine(observed(), regular({ recent: three }))).toMatchObject({ severity: 'medium' })
  })

  it('are learned on the first day of a user', () => {
    const young = (hours: number) => ({
      ...noHistory('42'),
      recent: four,
      since: minutesFromNoon(-60 * hours),
    })
    expect(sessionBurst.examine(observed(), { ...noHistory('42'), recent: four })).toBe('learning')
    expect(sessionBurst.examine(observed(), young(23))).toBe('learning')
    expect(sessionBurst.examine(observed(), young(24))).toMatchObject({ severity: 'low' })
  })
})

describe('more sessions than usual', () => {
  const withToday = (signIns: number, most: number, days = 7) =>
    regular({
      since: daysBeforeNoon(20),
      days: [
        ...Array.from({ length: days }, (_, index) => ({ date: `2026-06-0${index + 1}`, signIns: most })),
        { date: today, signIns },
      ],
    })

  it.each([
    ['8, and 2 at most before', 7, 2, true],
    ['7, and 1 at most before', 6, 1, false],
    ['9, three times the most before', 8, 3, false],
    ['10, more than three times', 9, 3, true],
  ])('%s: %j', (_name, earlierToday, most, isOdd) => {
    expect(aboveHabit.examine(observed(), withToday(earlierToday, most)) !== null).toBe(isOdd)
  })

  it('are told with the numbers', () => {
    expect(aboveHabit.examine(observed(), withToday(11, 3))).toMatchObject({
      reason: '12 sign-ins today; at most 3 on any of the 7 days with one before.',
    })
  })

  it('are learned for 7 days with a sign-in, or 28 days', () => {
    expect(aboveHabit.examine(observed(), withToday(11, 3, 6))).toBe('learning')
    const rare = { ...withToday(11, 1, 2), since: daysBeforeNoon(28) }
    expect(aboveHabit.examine(observed(), rare)).not.toBe('learning')
  })
})

describe('a dormant account that returns', () => {
  it.each([
    ['89 days', 89, newLaptop, null],
    ['90 days on a new device', 90, newLaptop, 'medium'],
    ['90 days on an unknown one', 90, null, 'low'],
    ['90 days on its own', 90, laptop, 'info'],
  ])('%s', (_name, days, deviceId, severity) => {
    const found = dormantAccount.examine(observed({ deviceId }), regular({ lastAt: daysBeforeNoon(days) }))
    expect(found === null || found === 'learning' ? null : found.severity).toBe(severity)
  })

  it('is told with how long it was away', () => {
    const history = regular({ lastAt: daysBeforeNoon(200) })
    expect(dormantAccount.examine(observed({ deviceId: newLaptop }), history)).toMatchObject({
      reason: 'First sign-in after 200 days, on a new device.',
    })
  })

  it('is nobody of whom nothing is known', () => {
    expect(dormantAccount.examine(observed(), noHistory('42'))).toBeNull()
  })
})

describe('an odd hour', () => {
  const at = (hour: number) => ({ at: new Date(noon).setUTCHours(hour) as typeof noon })

  it.each([
    [12, null],
    [14, null],
    [10, null],
    [15, 'info'],
    [3, 'info'],
  ])('at %i: %s', (hour, severity) => {
    const found = oddHour.examine(observed(at(hour)), regular())
    expect(found === null || found === 'learning' ? null : found.severity).toBe(severity)
  })

  it('is near midnight on both sides of it', () => {
    const hours = new Array<number>(24).fill(0).map((_, hour) => (hour === 23 ? 25 : 0))
    expect(oddHour.examine(observed(at(1)), regular({ hours }))).toBeNull()
    expect(oddHour.examine(observed(at(2)), regular({ hours }))).not.toBeNull()
  })

  it('is of severity low on a new device', () => {
    expect(oddHour.examine(observed({ ...at(3), deviceId: newLaptop }), regular())).toMatchObject({
      severity: 'low',
      reason:
        'Signed in at 03:00 UTC on a new device; of 25 earlier hours with a sign-in none was within 2 hours of that.',
    })
  })

  it('stays odd for whoever was up once in a hundred times', () => {
    const hours = (nights: number) =>
      new Array<number>(24).fill(0).map((_, hour) => (hour === 12 ? 199 : hour === 3 ? nights : 0))
    expect(oddHour.examine(observed(at(3)), regular({ hours: hours(1) }))).not.toBeNull()
    expect(oddHour.examine(observed(at(3)), regular({ hours: hours(3) }))).toBeNull()
  })

  it('is learned for 20 hours on 10 days', () => {
    expect(oddHour.examine(observed(at(3)), regular({ activeDays: 9 }))).toBe('learning')
    const hours = new Array<number>(24).fill(0).map((_, hour) => (hour === 12 ? 19 : 0))
    expect(oddHour.examine(observed(at(3)), regular({ hours }))).toBe('learning')
  })
})

it.each([
  [null, null],
  [2, null],
  [4, null],
  [5, 'medium'],
  [7, 'medium'],
  [8, 'high'],
])('a device on which %j others signed in: %s', (otherUsers, severity) => {
  const found = sharedDevice.examine(observed({ sighting: sightingWith({ otherUsers }) }), regular())
  expect(found === null || found === 'learning' ? null : found.severity).toBe(severity)
})

it('a source that was limited is named, with how many tokens it showed where that is known', () => {
  const limited = observed({ kind: 'source-limited', userId: null, source: 'abc', refused: 1_200 })
  expect(refusedTokens.examine(limited, noHistory(''))).toMatchObject({
    subject: 'source:abc',
    reason: 'The source abc showed 1,200 refused tokens and was limited.',
  })
  expect(refusedTokens.examine({ ...limited, refused: null }, noHistory(''))).toMatchObject({
    reason: 'The source abc showed too many refused tokens and was limited.',
  })
})

it('a replaced token that was used is about its session', () => {
  const reused = observed({ kind: 'token-reused', sighting: null })
  expect(tokenReuse.examine(reused, noHistory('42'))).toMatchObject({
    subject: 'session:ses_aaaaaaaaaaaaaaaaaaaaaaaa',
  })
})
