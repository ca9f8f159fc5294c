import { before, instantOf, minutes } from 'latchkey'
import { expect, it } from 'vitest'
import { checkReports } from './check-reports.ts'

const now = instantOf(1_764_547_200_000)
const facts = { now, oldestBehindAt: null, behind: 0, detectorsBehindAt: null, compared: 40, differing: 0 }

it('numbers that equal a recount are well, also when the newest events are not counted yet', () => {
  expect(checkReports(facts).status).toBe('ok')
  expect(checkReports({ ...facts, behind: 3, oldestBehindAt: before(now, minutes(14)) }).status).toBe('ok')
})

it('a number that differs is a failure that says how to count again', () => {
  const found = checkReports({ ...facts, differing: 2 })
  expect(found).toMatchObject({ status: 'failed', saw: expect.stringContaining('2 of 40') })
  expect(found.mend).toContain('latchkey reports rebuild')
})

it('events that have waited for long are a warning', () => {
  const found = checkReports({ ...facts, behind: 9, oldestBehindAt: before(now, minutes(16)) })
  expect(found).toMatchObject({ status: 'warning', saw: expect.stringContaining('9 events behind') })
})

it('detectors that stand still are a warning, though numbers are counted', () => {
  const late = { ...facts, detectorsBehindAt: before(now, minutes(16)) }
  expect(checkReports(late)).toMatchObject({
    status: 'warning',
    saw: 'Detectors have looked at nothing that happened since 2025-11-30T23:44:00.000Z.',
  })
  expect(checkReports({ ...facts, detectorsBehindAt: before(now, minutes(14)) }).status).toBe('ok')
})
