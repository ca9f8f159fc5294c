import { expect, it } from 'vitest'
import { after, days, instantOf, milliseconds } from '../foundation/time.ts'
import { trustInForce, trustUntil } from './device-trust.ts'

const now = instantOf(1_000_000)

it('trust lasts until its very end, and is not shown from then on', () => {
  const until = trustUntil(now, days(1))
  expect(until).toBe(after(now, days(1)))
  expect(trustInForce(until, now)).toBe(until)
  expect(trustInForce(until, after(until, milliseconds(-1)))).toBe(until)
  expect(trustInForce(until, until)).toBeNull()
  expect(trustInForce(null, now)).toBeNull()
})
