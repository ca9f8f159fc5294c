import { z } from '@hono/zod-openapi'
import { text } from './request-schemas.ts'

/** Why a cut-off is set, in the words of who sets it. */
export const cutOffNote: z.ZodOptional<z.ZodType<string>> = text(1, 500)
  .optional()
  .openapi({ description: 'Why; kept with the cut-off, and in the audit log.' })

/** Until when sessions are cut off that were created before. */
export const notBefore: z.ZodOptional<z.ZodISODateTime> = z.iso.datetime().optional().openapi({
  description: 'Default: now. Not later than now.',
  example: '2026-11-24T04:00:00.000Z',
})
