import { z } from '@hono/zod-openapi'
import { exactly } from './schema-equality.ts'
import type { SessionAnalytics } from './wire-types.ts'

const count = z.int().min(0)
const counts = z.record(z.string(), count)

/** A user's sessions in numbers. */
export const sessionAnalyticsSchema: z.ZodType<SessionAnalytics> = exactly<SessionAnalytics>()(
  z
    .object({
      total_sessions: count.openapi({ description: 'Ever, those forgotten by retention included.' }),
      active_sessions: count,
      recent_sessions: count.openapi({ description: 'Created in the last 30 days.' }),
      device_types: counts.openapi({ example: { desktop: 2, mobile: 1 } }),
      browsers: counts,
      operating_systems: counts,
      locations: counts,
      average_duration_seconds: z.number().min(0),
      longest_duration_seconds: z.number().min(0),
      ended: z.object({ logout: count, expired: count, revoked: count, replaced: count }),
      daily: z
        .array(z.object({ date: z.iso.date(), created: count, ended: count }))
        .openapi({ description: '30 days in UTC, oldest first, zeros included.' }),
    })
    .openapi('SessionAnalytics'),
)
