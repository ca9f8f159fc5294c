import { expect, it } from 'vitest'
import { fuzz } from './fuzz-run.ts'

/** Each run has inputs of its own; the seed of a failure stands in it. */
const seed = Math.floor(Math.random() * 1_000_000)

it('for a minute no parser does with anything what it does not declare [ASVS 16.5.4] [ASVS 16.5.3]', async () => {
  const { inputs, faults } = await fuzz({ seed, duration: 60_000, print: () => {} })
  expect(faults).toEqual([])
  expect(Math.min(...inputs.values())).toBeGreaterThan(0)
}, 180_000)
