import { z } from '@hono/zod-openapi'
import { alertSchema } from './alert-admin-schemas.ts'
import type {
  AnalyticsDurations,
  AnalyticsPoint,
  AnalyticsResponse,
  AnalyticsShare,
  AnalyticsSums,
  OverviewResponse,
} from './report-wire-types.ts'
import { exactly } from './schema-equality.ts'
import { instant } from './session-schemas.ts'

const count = z.int().min(0)
const unlessUntold = count.nullable().openapi({ description: 'Null where it cannot be told.' })
const lengthInSeconds = z.number().min(0).nullable()

const pointSchema: z.ZodType<AnalyticsPoint> = exactly<AnalyticsPoint>()(
  z
    .object({
      start: instant.openapi({ description: 'When the hour or day begins, in UTC.' }),
      created: count,
      ended: count,
      verified: unlessUntold,
      refused: unlessUntold,
      distinct_users: unlessUntold,
      distinct_devices: unlessUntold,
    })
    .openapi('AnalyticsPoint'),
)

const sumsSchema: z.ZodType<AnalyticsSums> = exactly<AnalyticsSums>()(
  z
    .object({
      created: count,
      ended: count,
      ended_by_reason: z.record(z.string(), count).openapi({ example: { logout: 12, expired: 3 } }),
      verified: unlessUntold,
      refused: unlessUntold,
    })
    .openapi('AnalyticsSums'),
)

const shareSchema: z.ZodType<AnalyticsShare> = exactly<AnalyticsShare>()(
  z
    .object({
      value: z.string().openapi({
        description: '`unknown` where it is not known; `other`: the rest.',
        example: 'Chrome',
      }),
      created: count.openapi({ description: 'Of `reason`, the sessions that ended.' }),
      created_before: count.nullable().openapi({
        description: 'In the period of the same length before; null: not all of it is known.',
      }),
      filter: z.string().nullable().openapi({
        description: 'Of the sessions behind it, for `GET /api/v1/admin/sessions`; null where there is none.',
        example: 'browser:Chrome created:>=2026-11-01T00:00:00.000Z',
      }),
    })
    .openapi('AnalyticsShare'),
)

const durationsSchema: z.ZodType<AnalyticsDurations> = exactly<AnalyticsDurations>()(
  z
    .object({
      count,
      average: lengthInSeconds,
      p50: lengthInSeconds.openapi({ description: 'Percentiles are within 6 %.' }),
      p90: lengthInSeconds,
      p99: lengthInSeconds,
      histogram: z.array(
        z.object({
          up_to: z.number().nullable().openapi({ description: 'In seconds; null: what is longer.' }),
          count,
        }),
      ),
    })
    .openapi('AnalyticsDurations'),
)

/** Sessions over time. */
export const analyticsResponseSchema: z.ZodType<AnalyticsResponse> = exactly<AnalyticsResponse>()(
  z
    .object({
      from: instant,
      to: instant.openapi({ description: 'Exclusive.' }),
      interval: z.enum(['hour', 'day']),
      filter: z.string(),
      source: z.enum(['rollups', 'sessions']).openapi({
        description:
          '`rollups`: counted when it happened. `sessions`: counted now from the sessions on record, as for a filter.',
      }),
      complete_from: instant.nullable().openapi({
        description: 'From when on numbers are complete; null: they are in the whole period.',
      }),
      events_behind: count.openapi({ description: 'Events that are not counted yet.' }),
      points: z.array(pointSchema),
      totals: sumsSchema,
      before: sumsSchema.nullable().openapi({
        description:
          'The period of the same length before; where this one is not over, as much of it, by the hour. Null: not all of it is known.',
      }),
      durations: durationsSchema,
      retention: z
        .array(z.object({ after_seconds: z.number(), share: z.number().min(0).max(1).nullable() }))
        .openapi({
          description:
            'Of the sessions that were created in the period, the share that was not over after that time; null where none is as old. Empty with a filter.',
        }),
      groups: z.array(shareSchema).nullable(),
      group_points: z.array(z.object({ start: instant, created: z.record(z.string(), count) })).nullable(),
    })
    .openapi('AnalyticsResponse'),
)

/** What the first page of the console shows. */
export const overviewResponseSchema: z.ZodType<OverviewResponse> = exactly<OverviewResponse>()(
  z
    .object({
      at: instant,
      active_sessions: count,
      last_24_hours: sumsSchema,
      before: sumsSchema.nullable().openapi({
        description: 'The 24 hours before those. Null: not all of it is known.',
      }),
      hours: z.array(pointSchema).openapi({ description: 'The last 48, oldest first.' }),
      countries: z.array(shareSchema),
      device_types: z.array(shareSchema),
      browsers: z.array(shareSchema),
      operating_systems: z.array(shareSchema),
      durations: durationsSchema.openapi({ description: 'Of the last 7 days.' }),
      open_alerts: z.object({
        total: count,
        by_severity: z.record(z.string(), count),
        newest: z.array(alertSchema),
      }),
      events_behind: count,
    })
    .openapi('OverviewResponse'),
)
