import { median } from 'simple-statistics'
import { type Attempt, attempts, type Samples } from './measure-verify.ts'
import { rankTest } from './rank-test.ts'

/** Pairs of attempts that must not be told apart. The first is how far two samples of one kind are apart by chance. */
const pairs: readonly (readonly [Attempt, Attempt])[] = [
  ['wrong secret', 'other wrong secret'],
  ['valid prefix', 'wrong secret'],
  ['unknown id', 'wrong secret'],
]

/** What chance alone gives once in a thousand runs is called a difference. */
const significance = 0.001

/** The lines of the report: the median of each attempt, and of each pair how well it can be told apart. */
export function timingReport(samples: Samples): readonly string[] {
  return [
    ...attempts.map((attempt) => {
      const microseconds = median([...samples[attempt]]) / 1_000
      return `${attempt}: median ${microseconds.toFixed(2)} µs of ${samples[attempt].length}`
    }),
    ...pairs.map(([one, other]) => {
      const { share, p } = rankTest(samples[one], samples[other])
      const verdict = p < significance ? 'DIFFERENT' : 'no significant difference'
      return `${one} slower than ${other}: ${(share * 100).toFixed(2)} % of pairs, p = ${p.toPrecision(3)}: ${verdict}`
    }),
  ]
}
