import { instantOf } from 'latchkey'
import { describe, expect, it } from 'vitest'
import { measureDatabaseClock, refuseSkewedClock } from './postgres-clock.ts'

const noon = Date.parse('2026-06-01T12:00:00Z')

/** A database whose clock is off by so much, and whose answers take so long, half of it on the way back. */
function database(off: number, tripTimes: readonly number[]) {
  let now = noon
  let question = 0
  return {
    clock: { now: () => instantOf(now) },
    statements: {
      async run<Row>(): Promise<readonly Row[]> {
        const trip = tripTimes[Math.min(question, tripTimes.length - 1)] ?? 0
        question += 1
        const answer = now + trip / 2 + off
        now += trip
        return [{ now: answer }] as unknown as readonly Row[]
      },
    },
  }
}

describe('the clock of the database', () => {
  it('is judged by the answer that took the shortest time', async () => {
    const { statements, clock } = database(1_200, [8_000, 20, 300])
    expect(await measureDatabaseClock(statements, clock)).toEqual({ ahead: 1_200, uncertainty: 10 })
  })

  it.each([
    ['5 s ahead', 5_000, [0], null],
    ['5 s behind', -5_000, [0], null],
    [
      'more than that ahead',
      5_001,
      [0],
      /^The clock of the database is 5 s ahead of .* 5 s are allowed; let both .*NTP/,
    ],
    ['a minute behind', -60_000, [40], /is 60 s behind this machine's/],
    ['6 s ahead as far as answers that take 4 s can tell', 6_000, [4_000], null],
    ['6 s ahead by answers that take 1 s', 6_000, [1_000], /is 6 s ahead/],
  ])('%s', async (_name, off, tripTimes, refusal) => {
    const { statements, clock } = database(off, tripTimes)
    const starting = refuseSkewedClock(statements, clock)
    if (refusal === null) await expect(starting).resolves.toBeUndefined()
    else await expect(starting).rejects.toThrow(refusal)
  })
})
