import { z } from '@hono/zod-openapi'
import { exactly } from './schema-equality.ts'
import { instant } from './session-schemas.ts'
import type { PlaceDataResponse } from './wire-types.ts'

/** What places come from. */
export const placeDataSchema: z.ZodType<PlaceDataResponse> = exactly<PlaceDataResponse>()(
  z
    .object({
      level: z.enum(['off', 'country', 'city']).openapi({ description: 'How exactly places are known.' }),
      sources: z.array(
        z.object({
          name: z.string(),
          licence: z.string().openapi({ example: 'CC-BY-4.0' }),
          attribution: z.string().nullable().openapi({
            description: 'To be shown wherever places are.',
          }),
          url: z.string().nullable(),
          built_at: instant.nullable(),
        }),
      ),
    })
    .openapi('PlaceData'),
)
