import { z } from '@hono/zod-openapi'
import { retainedKinds } from '../operations/forgettable.ts'
import { exactly } from './schema-equality.ts'
import { instant } from './session-schemas.ts'
import type { RetentionResponse } from './wire-types.ts'

/** What retention would forget now. */
export const retentionResponseSchema: z.ZodType<RetentionResponse> = exactly<RetentionResponse>()(
  z
    .object({
      at: instant,
      kinds: z.array(
        z.object({
          kind: z.enum(retainedKinds),
          period_seconds: z.number().nullable().openapi({ description: 'Null: kept for ever.' }),
          before: instant.nullable().openapi({ description: 'What is older goes.' }),
          would_forget: z.int(),
          is_least: z
            .boolean()
            .openapi({ description: '`would_forget` is where the count stopped; there may be more.' }),
        }),
      ),
    })
    .openapi('RetentionResponse'),
)
