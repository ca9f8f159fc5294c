import { before, days, instantOf, minutes } from 'latchkey'
import { type SealedTableState, sealsPerKey } from 'latchkey/sealed'
import { expect, it } from 'vitest'
import { checkDataKeys } from './check-data-keys.ts'

const now = instantOf(Date.parse('2026-06-01T12:00:00Z'))

function table(changes: Partial<SealedTableState> = {}, age = days(10)): SealedTableState {
  return {
    table: 'user_sessions',
    keys: [{ id: 'abcdefgh', state: 'writing', createdAt: before(now, age) }],
    inClear: 0,
    byEarlierKey: 0,
    unreadable: 0,
    isWhole: true,
    ...changes,
  }
}

it('all is well where everything is sealed by keys that are not old', () => {
  const finding = checkDataKeys({ now, tables: [table(), table()], sessionsMade: 1_000 })
  expect(finding).toMatchObject({ status: 'ok', saw: expect.stringContaining('2026-05-22') })
  expect(checkDataKeys({ now, tables: [table({ keys: [] })], sessionsMade: 0 }).status).toBe('ok')
})

it('warns of values that cannot be read, and counts them as far as it did', () => {
  const tables = [table({ unreadable: 7, isWhole: false }), table({ table: 'user_devices', unreadable: 2 })]
  expect(checkDataKeys({ now, tables, sessionsMade: 9 })).toMatchObject({
    status: 'warning',
    saw: expect.stringContaining('7 or more in user_sessions, 2 in user_devices'),
  })
})

it('warns of values in clear', () => {
  const finding = checkDataKeys({ now, tables: [table({ inClear: 3 })], sessionsMade: 9 })
  expect(finding).toMatchObject({ status: 'warning', saw: 'Values in clear: 3 in user_sessions.' })
})

it('warns of a rotation that is not over when it had time enough', () => {
  const status = (age = days(1)) =>
    checkDataKeys({ now, tables: [table({ byEarlierKey: 5 }, age)], sessionsMade: 9 }).status
  expect([status(), status(minutes(59))]).toEqual(['warning', 'ok'])
})

it('asks for a new key after two years, or when about as many values were sealed as one key should seal', () => {
  const status = (age = days(1), sessionsMade = 9) =>
    checkDataKeys({ now, tables: [table({}, age)], sessionsMade }).status
  expect([status(days(730)), status(days(731))]).toEqual(['ok', 'warning'])
  expect([status(days(1), sealsPerKey), status(days(1), sealsPerKey + 1)]).toEqual(['ok', 'warning'])
})

it('is skipped without the master secret', () => {
  expect(checkDataKeys({ now, tables: null, sessionsMade: 9 }).status).toBe('skipped')
})
