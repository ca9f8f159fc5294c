import { toIso } from '../foundation/time.ts'
import type { SessionFacet } from '../model/session-filter.ts'
import { sessionFacets } from '../model/session-filter.ts'
import type {
  Analytics,
  AnalyticsGroup,
  AnalyticsDurations as Durations,
  AnalyticsPoint as Point,
  AnalyticsShare as Share,
  AnalyticsSums as Sums,
} from '../operations/analytics.ts'
import { formatFilter, type ParsedFilter, withinBoth } from '../operations/filter-text.ts'
import type {
  AnalyticsDurations,
  AnalyticsPoint,
  AnalyticsResponse,
  AnalyticsShare,
  AnalyticsSums,
} from './report-wire-types.ts'

/** What was asked, as far as the answer repeats it. */
export interface AnalyticsAsked {
  readonly filter: ParsedFilter
  readonly groupBy: AnalyticsGroup | null
}

/** Analytics as the API answers them. */
export function toAnalyticsResponse(
  analytics: Analytics,
  { filter, groupBy }: AnalyticsAsked,
): AnalyticsResponse {
  const { from, until, completeFrom, groups, groupPoints } = analytics
  return {
    from: toIso(from),
    to: toIso(until),
    interval: analytics.interval,
    filter: formatFilter(filter),
    source: analytics.source,
    complete_from: completeFrom === null ? null : toIso(completeFrom),
    events_behind: analytics.eventsBehind,
    points: analytics.points.map(toAnalyticsPoint),
    totals: toAnalyticsSums(analytics.totals),
    before: analytics.before === null ? null : toAnalyticsSums(analytics.before),
    durations: toAnalyticsDurations(analytics.durations),
    retention: analytics.retention.map(({ after, share }) => ({ after_seconds: after / 1_000, share })),
    groups:
      groups === null || groupBy === null
        ? null
        : groups.map((share) => toAnalyticsShare(share, groupBy, filter, analytics)),
    group_points:
      groupPoints?.map(({ start, created }) => ({ start: toIso(start), created: { ...created } })) ?? null,
  }
}

/** One hour or day of them. */
export function toAnalyticsPoint(point: Point): AnalyticsPoint {
  return {
    start: toIso(point.start),
    created: point.created,
    ended: point.ended,
    verified: point.verified,
    refused: point.refused,
    distinct_users: point.distinctUsers,
    distinct_devices: point.distinctDevices,
  }
}

/** Sums of a period. */
export function toAnalyticsSums(sums: Sums): AnalyticsSums {
  return {
    created: sums.created,
    ended: sums.ended,
    ended_by_reason: { ...sums.endedByReason },
    verified: sums.verified,
    refused: sums.refused,
  }
}

/** Durations, in seconds. */
export function toAnalyticsDurations({
  count,
  average,
  p50,
  p90,
  p99,
  histogram,
}: Durations): AnalyticsDurations {
  return {
    count,
    average: inSeconds(average),
    p50: inSeconds(p50),
    p90: inSeconds(p90),
    p99: inSeconds(p99),
    histogram: histogram.map(({ upTo, count: counted }) => ({ up_to: inSeconds(upTo), count: counted })),
  }
}

function inSeconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds / 100) / 10
}

/** With the filter of the sessions behind it, which were created in the period. */
export function toAnalyticsShare(
  { value, created, createdBefore }: Share,
  groupBy: AnalyticsGroup,
  filter: ParsedFilter,
  { from, until }: Pick<Analytics, 'from' | 'until'>,
): AnalyticsShare {
  const facet = sessionFacets.find((name): name is SessionFacet => name === groupBy)
  const behind =
    facet === undefined || value === 'other'
      ? null
      : {
          ...filter,
          facets: [...filter.facets, { facet, is: 'one-of', values: [value] } as const],
          created: withinBoth(filter.created, { from, until }),
        }
  return {
    value,
    created,
    created_before: createdBefore,
    filter: behind === null ? null : formatFilter(behind),
  }
}
