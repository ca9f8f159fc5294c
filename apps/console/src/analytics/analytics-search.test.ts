import { expect, it } from 'vitest'
import { mayShowHours, parseAnalyticsSearch, toAnalyticsQuery } from './analytics-search.ts'

const now = Date.parse('2026-11-28T12:30:00.000Z')

const asked = (search: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(toAnalyticsQuery(parseAnalyticsSearch(search), now))

it('asks for the last week by the hour, with the hour that is going on, where nothing is said', () => {
  expect(asked({})).toEqual({
    from: '2026-11-21T13:00:00.000Z',
    to: '2026-11-28T13:00:00.000Z',
    interval: 'hour',
    group_by: 'device_type',
  })
})

it('asks for whole days where it asks by the day', () => {
  expect(asked({ period: '30d', group_by: 'country', filter: ' country:NO ' })).toEqual({
    from: '2026-10-30T00:00:00.000Z',
    to: '2026-11-29T00:00:00.000Z',
    interval: 'day',
    group_by: 'country',
    filter: 'country:NO',
  })
  expect(asked({ period: '7d', interval: 'day' })['to']).toBe('2026-11-29T00:00:00.000Z')
})

it('counts both days of a period of one’s own', () => {
  const search = { period: 'custom', from: '2026-11-01', until: '2026-11-02', interval: 'hour' }
  expect(asked(search)).toMatchObject({
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-03T00:00:00.000Z',
    interval: 'hour',
  })
})

it('shows no hours of a long period, whatever is asked', () => {
  expect(asked({ period: '24h', interval: 'day' })).toMatchObject({
    interval: 'hour',
    to: '2026-11-28T13:00:00.000Z',
  })
  expect(asked({ period: '90d', interval: 'hour' })['interval']).toBe('day')
  expect([mayShowHours({ period: '7d' }, now), mayShowHours({ period: '90d' }, now)]).toEqual([true, false])
})

it.each([
  { period: 'constructor', group_by: 'toString', interval: 'year', filter: 7 },
  { period: 'custom', from: '2026-11-09', until: '2026-11-02' },
  { period: 'custom', from: '2026-13-40', until: '2026-11-02' },
])('drops what it does not know: %o', (search) => {
  expect(parseAnalyticsSearch(search)).toEqual({})
})
