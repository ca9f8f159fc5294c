import { z } from '@hono/zod-openapi'
import { type Instant, instantOf } from 'latchkey'

/** ISO 8601 with a zone, in a query or a body. */
export const instantInRequest: z.ZodType<Instant, string> = z.iso
  .datetime({ offset: true })
  .transform((text) => instantOf(Date.parse(text)))
  .openapi({ type: 'string', format: 'date-time', example: '2026-11-24T04:00:00.000Z' })

/** Once or more often in a query: `state=open&state=acknowledged`. */
export function repeatable<const Word extends string>(words: readonly Word[]): z.ZodType<Word[] | undefined> {
  return z
    .preprocess(
      (value) => (typeof value === 'string' ? [value] : value),
      z.array(z.enum(words)).max(20).optional(),
    )
    .openapi({ type: 'array', items: { type: 'string', enum: [...words] } })
}
