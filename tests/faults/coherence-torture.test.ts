import { expect, it } from 'vitest'
import { torture } from './torture.ts'

/** Without the start of the cluster, in milliseconds. `npm run torture` goes on for as long as one likes. */
const duration = 20_000

it('three nodes under faults accept nothing that has ended and lose nothing that was acknowledged', async () => {
  const lines: string[] = []
  const figures = await torture({ seed: 1, nodes: 3, duration, print: (line) => lines.push(line) })
  expect(figures.violations, lines.join('\n')).toBe(0)
  expect(figures.verifies).toBeGreaterThan(100)
  expect(figures.endings).toBeGreaterThan(5)
})
