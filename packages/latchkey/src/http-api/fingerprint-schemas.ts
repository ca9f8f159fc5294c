import { z } from '@hono/zod-openapi'
import { text } from './request-schemas.ts'
import { exactly } from './schema-equality.ts'
import { instant } from './session-schemas.ts'
import type { FingerprintRequest, FingerprintStateResponse } from './wire-types.ts'

/** Whether browsers are looked at, and when this one was. */
export const fingerprintStateSchema: z.ZodType<FingerprintStateResponse> =
  exactly<FingerprintStateResponse>()(
    z
      .object({
        mode: z.enum(['off', 'consent', 'on']).openapi({ description: 'As the operator has it.' }),
        taken_at: instant.nullable().openapi({
          description: 'When that of this device was last taken; null: never, or forgotten since.',
        }),
      })
      .openapi('FingerprintState'),
  )

/** In characters. Longer text is no trait of a browser. */
const longestValue = 10_000

const value = text(1, longestValue).exactOptional()

/** What a browser says of itself. */
export const fingerprintRequestSchema: z.ZodType<FingerprintRequest> = exactly<FingerprintRequest>()(
  z
    .object({
      components: z
        .object({
          canvas: value,
          audio: value,
          webgl: value,
          fonts: value,
          screen: value,
          hardware_concurrency: value,
          device_memory: value,
          time_zone: value,
          languages: value,
        })
        .openapi({ description: 'Keyed hashes of them are kept, and nothing else.' }),
      consent: z.boolean().exactOptional().openapi({
        description: 'Needed where the mode is `consent`: that the user has agreed.',
      }),
    })
    .openapi('FingerprintRequest'),
)
