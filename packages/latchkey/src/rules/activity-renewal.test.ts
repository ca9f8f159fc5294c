import { describe, expect, it } from 'vitest'
import { after, before, instantOf, milliseconds, seconds } from '../foundation/time.ts'
import { activityIsDue } from './activity-renewal.ts'

const recorded = instantOf(1_000_000)

describe('a use is worth recording', () => {
  it.each([
    ['when none is on record', null, recorded, true],
    ['not at the moment of the one on record', recorded, recorded, false],
    [
      'not a moment before half a minute',
      recorded,
      before(after(recorded, seconds(30)), milliseconds(1)),
      false,
    ],
    ['after half a minute', recorded, after(recorded, seconds(30)), true],
    ['not when the clock was set back', recorded, before(recorded, seconds(90)), false],
  ])('%s', (_when, onRecord, now, due) => {
    expect(activityIsDue(onRecord, now)).toBe(due)
  })
})
