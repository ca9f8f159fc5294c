/** The growth of something, a second, with the half of its 95 % interval. */
export interface Slope {
  readonly perSecond: number
  readonly plusMinus: number
}

export interface Sample {
  /** In seconds. */
  readonly at: number
  readonly value: number
}

/**
 * Least squares. Neighbouring samples of memory resemble each other, which makes the plain interval too narrow: it
 * is widened by what their residuals have in common, as for a first-order autoregression (Santer et al., 2000).
 */
export function slopeOf(samples: readonly Sample[]): Slope {
  const meanAt = mean(samples.map(({ at }) => at))
  const meanValue = mean(samples.map(({ value }) => value))
  const spread = sum(samples.map(({ at }) => (at - meanAt) ** 2))
  const perSecond = sum(samples.map(({ at, value }) => (at - meanAt) * (value - meanValue))) / spread
  const residuals = samples.map(({ at, value }) => value - meanValue - perSecond * (at - meanAt))
  const squares = sum(residuals.map((residual) => residual ** 2))
  const neighbours = sum(residuals.slice(1).map((residual, index) => residual * (residuals[index] ?? 0)))
  const likeness = squares === 0 ? 0 : Math.max(0, Math.min(0.99, neighbours / squares))
  const effective = Math.max(3, (samples.length * (1 - likeness)) / (1 + likeness))
  return { perSecond, plusMinus: 1.96 * Math.sqrt(squares / (effective - 2) / spread) }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length
}
