import { z } from '@hono/zod-openapi'
import { exactly } from './schema-equality.ts'
import { userSessionSchema } from './session-schemas.ts'
import type {
  AccountUser,
  FindingsResponse,
  LoginResponse,
  MeResponse,
  PasswordResponse,
  SetupStateResponse,
  TotalsResponse,
} from './wire-types.ts'

/** Who is signed in to the program itself. */
export const accountUserSchema: z.ZodType<AccountUser> = exactly<AccountUser>()(
  z
    .object({
      id: z.string().openapi({ example: 'usr_k3v9' }),
      email: z.string().openapi({ example: 'ann@example.com' }),
      role: z.enum(['user', 'admin']),
    })
    .openapi('AccountUser'),
)

const loginParts = {
  user: accountUserSchema,
  session: userSessionSchema,
  token: z.string().exactOptional().openapi({
    description: 'Only where the request said `"transport": "bearer"`.',
  }),
}

/** What signing in to the program brings. */
export const loginResponseSchema: z.ZodType<LoginResponse> = exactly<LoginResponse>()(
  z.object(loginParts).openapi('LoginResponse'),
)

/** What a change of the password brings. */
export const passwordResponseSchema: z.ZodType<PasswordResponse> = exactly<PasswordResponse>()(
  z
    .object({
      ...loginParts,
      revoked_count: z.int().openapi({ description: 'How many other sessions ended with it.' }),
    })
    .openapi('PasswordResponse'),
)

/** Who asks, and in which session. */
export const meResponseSchema: z.ZodType<MeResponse> = exactly<MeResponse>()(
  z.object({ user: accountUserSchema, session: userSessionSchema }).openapi('MeResponse'),
)

/** Whether the program waits for its first administrator. */
export const setupStateResponseSchema: z.ZodType<SetupStateResponse> = exactly<SetupStateResponse>()(
  z.object({ open: z.boolean() }).openapi('SetupState'),
)

/** Sessions of all users in numbers. */
export const totalsResponseSchema: z.ZodType<TotalsResponse> = exactly<TotalsResponse>()(
  z
    .object({
      active_sessions: z.int(),
      created: z.int(),
      ended: z.object({ logout: z.int(), expired: z.int(), revoked: z.int(), replaced: z.int() }),
    })
    .openapi('Totals'),
)

/** What an administrator should mend. */
export const findingsResponseSchema: z.ZodType<FindingsResponse> = exactly<FindingsResponse>()(
  z
    .object({
      findings: z.array(
        z
          .object({
            check: z.string().openapi({ example: 'addresses' }),
            message: z.string(),
            remedy: z.string().nullable(),
          })
          .openapi('Finding'),
      ),
    })
    .openapi('Findings'),
)
