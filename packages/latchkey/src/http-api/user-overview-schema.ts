import { z } from '@hono/zod-openapi'
import { exactly } from './schema-equality.ts'
import { instant } from './session-schemas.ts'
import type { UserOverviewResponse } from './wire-types.ts'

/** What is known of a user. */
export const userOverviewResponseSchema: z.ZodType<UserOverviewResponse> = exactly<UserOverviewResponse>()(
  z
    .object({
      user_id: z.string().openapi({ example: '42' }),
      user_label: z.string().nullable().openapi({ example: 'ann@example.com' }),
      disabled: z.boolean(),
      active_sessions: z.int(),
      total_sessions: z.int().openapi({ description: 'Those that retention has forgotten included.' }),
      first_seen: instant.nullable().openapi({ description: 'Of the first sign-in on record.' }),
      last_seen: instant.nullable().openapi({ description: 'Of the newest sign-in on record.' }),
      places: z
        .array(
          z.object({
            country: z.string().nullable().openapi({ example: 'NO' }),
            location: z.string().nullable().openapi({ example: 'Oslo, Norway' }),
            latitude: z.number().nullable(),
            longitude: z.number().nullable(),
            sessions: z.int(),
            last_seen: instant,
          }),
        )
        .openapi({ description: 'Of their newest 1,000 sessions, the newest first.' }),
      history: z.object({
        state: z
          .enum(['learning', 'known'])
          .openapi({ description: '`learning`: detectors know too little of them to find anything odd.' }),
        sign_ins: z.int(),
        active_days: z.int(),
        countries: z.array(z.string()),
      }),
      open_alerts: z.int(),
    })
    .openapi('UserOverview'),
)
