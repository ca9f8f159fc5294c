import { z } from '@hono/zod-openapi'

/** Longer than any address, short enough to be hashed and compared at no cost. */
export const emailInput: z.ZodType<string, string> = z
  .string()
  .min(1)
  .max(320)
  .openapi({ example: 'ann@example.com' })

/** Longer than any password may be, so that too long a one is told apart from a wrong one where it is chosen. */
export const passwordInput: z.ZodType<string, string> = z.string().min(1).max(1_024)

export type Transport = 'cookie' | 'bearer'

export const transportInput: z.ZodType<Transport | undefined> = z
  .enum(['cookie', 'bearer'])
  .optional()
  .openapi({
    description:
      '`cookie` (default): the token travels in `Set-Cookie` only. `bearer`: it stands in the body, once.',
  })
