import { z } from '@hono/zod-openapi'
import { exactly } from './schema-equality.ts'
import { instant } from './session-schemas.ts'
import type { HealthResponse } from './wire-types.ts'

/** What `latchkey doctor` sees, and how far reports are. */
export const healthResponseSchema: z.ZodType<HealthResponse> = exactly<HealthResponse>()(
  z
    .object({
      at: instant.openapi({ description: 'When it was looked at, up to a minute ago.' }),
      checks: z.array(
        z.object({
          name: z.string().openapi({ example: 'counters' }),
          state: z.enum(['ok', 'warning', 'failed', 'skipped']),
          message: z.string(),
          remedy: z.string().nullable(),
        }),
      ),
      events_behind: z.int().openapi({ description: 'Events that reports have not counted yet.' }),
      oldest_event_behind: instant.nullable(),
      cleanup: z.object({ backlog: z.int(), last_run: instant.nullable() }),
      rollups: z.object({ position: z.int(), complete_from: instant.nullable() }),
      detectors: z.object({ position: z.int().nullable(), behind: z.int() }),
    })
    .openapi('AdminHealth'),
)
