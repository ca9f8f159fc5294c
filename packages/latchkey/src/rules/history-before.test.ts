import { expect, it } from 'vitest'
import { after, days, type Instant, instantOf } from '../foundation/time.ts'
import { type KnownThing, noHistory, type UserHistory } from '../model/user-history.ts'
import { historyBefore } from './history-before.ts'

const begun = instantOf(Date.UTC(2026, 0, 1))
const day = (count: number): Instant => after(begun, days(count))

function thing(key: string, first: number, last: number): KnownThing {
  return { key, firstAt: day(first), lastAt: day(last), times: 3, confirmed: key === 'confirmed' }
}

const history: UserHistory = {
  ...noHistory('ann'),
  version: 9,
  since: day(0),
  signIns: 40,
  activeDays: 20,
  lastAt: day(200),
  devices: [thing('phone', 150, 200), thing('laptop', 0, 199), thing('confirmed', 5, 30)],
  countries: [thing('NO', 0, 200)],
  hours: new Array<number>(24).fill(2),
  recent: [
    { at: day(40), sessionId: 'ses_a', deviceId: null },
    { at: day(200), sessionId: 'ses_b', deviceId: null },
  ],
  versions: [{ key: 'dev_a Chrome', browserVersion: '150', osVersion: null }],
}

it('keeps what was there by then, and takes nothing for older than it was', () => {
  expect(historyBefore(history, day(100))).toEqual({
    ...noHistory('ann'),
    since: day(0),
    lastAt: day(40),
    devices: [thing('confirmed', 5, 30), thing('laptop', 0, 0)],
    countries: [thing('NO', 0, 0)],
    recent: history.recent.slice(0, 1),
  })
})

it('knows nothing of whoever came later, or never signed in', () => {
  expect(historyBefore(history, day(0))).toEqual(noHistory('ann'))
  expect(historyBefore({ ...history, since: null }, day(100))).toEqual(noHistory('ann'))
})

it('keeps the last place where that was before, and the last sign of somebody who has been away since', () => {
  const lastPlace = { at: day(90), place: {} as never }
  expect(historyBefore({ ...history, lastPlace, lastAt: day(95) }, day(100))).toMatchObject({
    lastPlace,
    lastAt: day(95),
  })
  expect(historyBefore({ ...history, lastPlace }, day(80)).lastPlace).toBeNull()
})
