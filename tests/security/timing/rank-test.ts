import { errorFunction, wilcoxonRankSum } from 'simple-statistics'

/** Whether values of one sample tend to be greater than those of another. */
export interface RankTest {
  /**
   * How often a value of the first sample is greater than one of the second, ties counting half: 0.5 means that they
   * cannot be told apart (Mann–Whitney's U divided by the number of pairs).
   */
  readonly share: number
  /** How likely a share as far from 0.5 is by chance alone, two-sided, where the samples are of one distribution. */
  readonly p: number
}

/**
 * The test of Mann and Whitney (1947), by the normal approximation with the correction for ties, which is exact enough
 * from some twenty values on. It asks nothing of the shape of the distributions, and a few slow outliers, which every
 * measurement of time has, weigh no more than any other value.
 */
export function rankTest(first: readonly number[], second: readonly number[]): RankTest {
  const [n, m] = [first.length, second.length]
  const u = wilcoxonRankSum([...first], [...second]) - (n * (n + 1)) / 2
  const total = n + m
  const variance = ((n * m) / 12) * (total + 1 - tieTerm([...first, ...second]) / (total * (total - 1)))
  const z = variance === 0 ? 0 : (u - (n * m) / 2) / Math.sqrt(variance)
  return { share: u / (n * m), p: 1 - errorFunction(Math.abs(z) / Math.SQRT2) }
}

/** Of each group of equal values the cube less the size, all added up. */
function tieTerm(values: readonly number[]): number {
  const sizes = new Map<number, number>()
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1)
  let sum = 0
  for (const size of sizes.values()) sum += size ** 3 - size
  return sum
}
