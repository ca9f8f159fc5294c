import { z } from '@hono/zod-openapi'
import {
  type AnalyticsGroup,
  type AnalyticsQuestion,
  analyticsGroups,
  before,
  between,
  days,
  type Instant,
  longestPeriod,
  type RollupInterval,
  rollupIntervals,
} from 'latchkey'
import { ProblemError } from 'latchkey/http'
import { instantInRequest } from './instant-in-request.ts'

/** The parameters of a query. */
export interface AnalyticsParameters {
  readonly from: z.ZodType<Instant | undefined, string | undefined>
  readonly to: z.ZodType<Instant | undefined, string | undefined>
  readonly interval: z.ZodType<RollupInterval, RollupInterval | undefined>
  readonly group_by: z.ZodType<AnalyticsGroup | undefined, AnalyticsGroup | undefined>
}

/** Of what time, by hour or day, and grouped by what. */
export const analyticsQuery: AnalyticsParameters = {
  from: instantInRequest.optional().openapi({ description: 'Default: 7 days before `to`.' }),
  to: instantInRequest.optional().openapi({ description: 'Exclusive. Default: now.' }),
  interval: z.enum(rollupIntervals).default('day').openapi({
    description: 'At most 31 days by the hour, and 400 by the day. Hours and days are those of UTC.',
  }),
  group_by: z.enum(analyticsGroups).optional(),
}

/** What of the query says of what time. */
export interface AskedAnalytics {
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
  readonly interval: RollupInterval
  readonly group_by?: AnalyticsGroup | undefined
}

const defaultPeriod = days(7)

/** Throws `invalid-input` naming the field at fault. */
export function analyticsQuestion(
  { from, to, interval, group_by: groupBy = undefined }: AskedAnalytics,
  now: Instant,
): AnalyticsQuestion & { readonly groupBy: AnalyticsGroup | null } {
  const until = to ?? now
  const start = from ?? before(until, defaultPeriod)
  if (until <= start) throw new ProblemError('invalid-input', 'to: must be after `from`.', { field: 'to' })
  if (between(start, until) > longestPeriod[interval]) {
    const longest = longestPeriod[interval] / days(1)
    const detail = `from: must be ${longest} days before \`to\` at most, by the ${interval}.`
    throw new ProblemError('invalid-input', detail, { field: 'from' })
  }
  return { from: start, until, interval, groupBy: groupBy ?? null }
}
