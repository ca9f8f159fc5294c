import type { Rollup, RollupInterval } from '../model/rollup.ts'
import type { Period, Told } from '../rules/analytics-of-rollups.ts'

/** What sessions can be grouped by. `method`: the factors of the sign-in; `reason`: why they ended, of those that did. */
export const analyticsGroups = [
  'device_type',
  'browser',
  'os',
  'country',
  'network',
  'method',
  'reason',
] as const
/** One of {@link analyticsGroups}. */
export type AnalyticsGroup = (typeof analyticsGroups)[number]

/** What is counted, for numbers from either source. */
export interface CountedPeriods {
  readonly period: Period
  /** What it is compared with; null: that is not known. */
  readonly earlier: Period | null
  readonly interval: RollupInterval
  readonly groupBy: AnalyticsGroup | null
}

/** Rollups of both periods (null: of the earlier one nothing is known), durations of the later one, and what they tell. */
export interface Numbers {
  readonly rollups: readonly Rollup[]
  readonly earlier: readonly Rollup[] | null
  readonly durations: readonly Rollup[]
  readonly told: Told
}
