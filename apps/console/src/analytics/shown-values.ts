import type { AnalyticsResponse } from 'latchkey/client'
import { mostSeries } from '../charts/series-look.ts'

/** The greatest values of the group that have numbers over time, as many as can be told apart. */
export function shownValues({ groups, group_points: points }: AnalyticsResponse): readonly string[] {
  return (groups ?? [])
    .map(({ value }) => value)
    .filter((value) => points?.some(({ created }) => Object.hasOwn(created, value)))
    .slice(0, mostSeries)
}
