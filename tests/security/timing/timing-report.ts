import { median } from 'simple-statistics'
import { type Attempt, attempts, type Samples } from './measure-verify.ts'
import { rankTest } from './rank-test.ts'

/** Pairs of attempts that must not be told apart. The first is how far two samples of one kind are apart by chance. */
const pairs: readonly (readonly [Attempt, Attempt])[] = [
  ['wrong secret', 'other wrong secret'],
  ['valid prefix', 'wrong secret'],
  ['unknown id', 'wrong secret'],
]

/** What chance alone gives once in twenty comparisons is called a difference. */
const significance = 0.05

/**
 * The lines of the report: the median of each attempt, and of each pair how well it can be told apart: how likely chance
 * gives as much, Cliff's delta (0: as often slower as quicker; 1: always slower) and how far the medians are apart.
 */
export function timingReport(samples: Samples): readonly string[] {
  return [
    ...attempts.map(
      (attempt) =>
        `${attempt}: median ${medianOf(samples, attempt).toFixed(2)} µs of ${samples[attempt].length}`,
    ),
    ...pairs.map(([one, other]) => {
      const { share, p } = rankTest(samples[one], samples[other])
      const verdict = p < significance ? 'DIFFERENT' : 'no significant difference'
      const apart = `delta ${signed(2 * share - 1, 4)}, ${signed(medianOf(samples, one) - medianOf(samples, other), 3)} µs`
      return `${one} against ${other}: p = ${p.toPrecision(3)}, ${apart}: ${verdict}`
    }),
  ]
}

function medianOf(samples: Samples, attempt: Attempt): number {
  return median([...samples[attempt]]) / 1_000
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`
}
