import { z } from '@hono/zod-openapi'
import { assuranceLevels } from '../model/assurance-level.ts'
import { deviceTypes } from '../model/device-info.ts'
import { networkKinds } from '../model/place.ts'
import { endReasons } from '../model/session.ts'
import { exactly } from './schema-equality.ts'
import type {
  CreatedSessionResponse,
  DeviceInfoOnWire,
  ManagedSession,
  ManagedSessionsResponse,
  NetworkOnWire,
  RenewedSessionResponse,
  RevokeSessionResponse,
  RevokeSessionsResponse,
  SessionCountResponse,
  SessionEventOnWire,
  SessionsResponse,
  UserSession,
  VerifyResponse,
} from './wire-types.ts'

/** ISO 8601 in UTC with milliseconds. */
export const instant: z.ZodType<string> = z.iso
  .datetime({ precision: 3 })
  .openapi({ example: '2026-11-24T04:00:00.000Z' })

const sessionId = z.string().openapi({
  description: 'Public and stable; no secret.',
  example: 'ses_q2k7wq5zv3nd6x4ye7mfa2tb',
})

export const deviceInfoSchema: z.ZodType<DeviceInfoOnWire> = exactly<DeviceInfoOnWire>()(
  z
    .object({
      type: z.enum(deviceTypes),
      browser: z.string().openapi({ description: '`unknown` where it is unknown.', example: 'Chrome' }),
      browser_version: z.string().nullable().openapi({ example: '142' }),
      os: z.string().openapi({ description: '`unknown` where it is unknown.', example: 'Windows' }),
      os_version: z.string().nullable().openapi({ example: '11' }),
      location: z.string().nullable().openapi({ example: 'Oslo, Norway' }),
    })
    .openapi('DeviceInfo'),
)

const userSessionFields = {
  id: sessionId,
  device_info: deviceInfoSchema,
  created_at: instant,
  last_accessed: instant.nullable(),
  expires_at: instant,
  idle_expires_at: instant.nullable().openapi({
    description: 'When it ends unless it is used before; null without an idle timeout.',
  }),
  is_active: z.boolean(),
  is_current: z.boolean().openapi({ description: 'Whether the request was made in this session.' }),
  ip_address: z.string().nullable().openapi({
    description: 'Its network (`203.0.113.0/24`) where no more is kept.',
    example: '203.0.113.7',
  }),
  device_id: z.string().nullable().openapi({
    description: 'The device that it was created on; null where none is known.',
    example: 'dev_q2r6txm3c5k4vwz7hy2ejb6n',
  }),
  authenticated_at: instant.openapi({ description: 'When its user last proved who they are.' }),
  amr: z
    .array(z.string())
    .openapi({ description: 'How, in the names of RFC 8176.', example: ['pwd', 'otp'] }),
  assurance_level: z.enum(assuranceLevels).nullable().openapi({
    description: 'Of NIST SP 800-63B-4 at most, from distinct factors of `amr`; null where that is empty.',
  }),
  is_pending: z.boolean().openapi({
    description: 'True while its user still owes a factor: it is accepted nowhere until then.',
  }),
  reauthentication_required: z.boolean().openapi({
    description: 'Its user has to prove anew who they are before anything that asks for a recent proof.',
  }),
  expires_by: z.string().openapi({
    description: 'What sets `expires_at`: `default`, `requested`, or the name of a rule of the policy.',
    example: 'default',
  }),
  idle_expires_by: z.string().nullable().openapi({
    description: 'As `expires_by`, of `idle_expires_at`.',
    example: 'default',
  }),
}

const userId = z.string().openapi({ example: '42' })

/** A session as its user sees it. */
export const userSessionSchema: z.ZodType<UserSession> = exactly<UserSession>()(
  z.object(userSessionFields).openapi('UserSession'),
)

/** A session as a host back end sees it. */
export const serviceSessionSchema: z.ZodType<UserSession & { user_id: string }> = exactly<
  UserSession & { user_id: string }
>()(z.object({ ...userSessionFields, user_id: userId }).openapi('ServiceSession'))

/** The network that announces an address. */
const networkSchema: z.ZodType<NetworkOnWire> = exactly<NetworkOnWire>()(
  z
    .object({
      asn: z.int().nullable().openapi({ description: 'Number of the autonomous system.', example: 64_496 }),
      name: z.string().nullable().openapi({ example: 'Example Broadband' }),
      kind: z.enum(networkKinds),
    })
    .openapi('Network'),
)

/** A session as an administrator sees it. */
export const managedSessionSchema: z.ZodType<ManagedSession> = exactly<ManagedSession>()(
  z
    .object({
      ...userSessionFields,
      user_id: userId,
      user_label: z.string().nullable().openapi({ example: 'ann@example.com' }),
      roles: z.array(z.string()).openapi({
        description: "What the user may do, as the policy's rules name it.",
        example: ['editor'],
      }),
      device_trust: z.enum(['trusted', 'untrusted']).openapi({ description: 'At sign-in.' }),
      country: z.string().nullable().openapi({ description: 'ISO 3166-1 alpha-2.', example: 'NO' }),
      network: networkSchema.nullable(),
      ended_at: instant.nullable(),
      end_reason: z.enum(endReasons).nullable(),
      ended_by: z.string().nullable().openapi({ example: 'user:42' }),
    })
    .openapi('ManagedSession'),
)

/** A user's live sessions. */
export const sessionsResponseSchema: z.ZodType<SessionsResponse> = exactly<SessionsResponse>()(
  z
    .object({
      sessions: z.array(userSessionSchema).openapi({ description: 'Newest activity first; at most 1,000.' }),
      total_count: z.int().openapi({ description: 'How many live sessions there are.', example: 3 }),
    })
    .openapi('SessionsResponse'),
)

/** A page of all users' sessions. */
export const managedSessionsResponseSchema: z.ZodType<ManagedSessionsResponse> =
  exactly<ManagedSessionsResponse>()(
    z
      .object({
        sessions: z.array(managedSessionSchema),
        next_cursor: z.string().nullable().openapi({
          description: 'Send it as `cursor` for the next page; null on the last one.',
        }),
      })
      .openapi('ManagedSessionsResponse'),
  )

/** How many live sessions a user has. */
export const sessionCountResponseSchema: z.ZodType<SessionCountResponse> = exactly<SessionCountResponse>()(
  z.object({ active_sessions: z.int().openapi({ example: 3 }) }).openapi('SessionCountResponse'),
)

const message = z.string().openapi({ example: 'The session was ended.' })

/** What ending one session brings. */
export const revokeSessionResponseSchema: z.ZodType<RevokeSessionResponse> = exactly<RevokeSessionResponse>()(
  z
    .object({
      message,
      revoked: z.boolean().openapi({ description: 'False when it had ended before.' }),
    })
    .openapi('RevokeSessionResponse'),
)

/** What ending many sessions brings. */
export const revokeSessionsResponseSchema: z.ZodType<RevokeSessionsResponse> =
  exactly<RevokeSessionsResponse>()(
    z
      .object({
        message,
        revoked_count: z.int().openapi({ example: 2 }),
        current: z.enum(['revoked', 'kept']).openapi({ description: 'What became of the session asked in.' }),
      })
      .openapi('RevokeSessionsResponse'),
  )

export const createdSessionResponseSchema: z.ZodType<CreatedSessionResponse> =
  exactly<CreatedSessionResponse>()(
    z
      .object({
        session: serviceSessionSchema,
        token: z.string().openapi({ description: 'The only time that it can be had.' }),
        device_token: z.string().exactOptional().openapi({
          description: 'To be kept in the browser; only where the request said `device_tokens`.',
        }),
      })
      .openapi('CreatedSessionResponse'),
  )

const renewedFields = {
  session: serviceSessionSchema,
  token: z.string().openapi({ description: 'The only time that it can be had.' }),
}

/** A session that was given a new token. */
export const renewedSessionResponseSchema: z.ZodType<RenewedSessionResponse> =
  exactly<RenewedSessionResponse>()(z.object(renewedFields).openapi('RenewedSessionResponse'))

export const verifyResponseSchema: z.ZodType<VerifyResponse> = exactly<VerifyResponse>()(
  z
    .union([
      z.object({
        active: z.literal(true),
        session: serviceSessionSchema,
        rotation_due: z.boolean().openapi({
          description: 'Whether it is time for a new token: see `POST /api/v1/sessions/rotate`.',
        }),
      }),
      z.object({ active: z.literal(false), reason: z.enum(['unknown', 'expired', 'revoked', 'pending']) }),
    ])
    .openapi('VerifyResponse'),
)

/** One event of a user's stream. */
export const sessionEventSchema: z.ZodType<SessionEventOnWire> = exactly<SessionEventOnWire>()(
  z
    .object({
      type: z.enum(['session.created', 'session.ended', 'session.renewed']),
      session_id: sessionId,
      at: instant,
      reason: z.enum(endReasons).nullable().openapi({ description: 'Set on `session.ended`.' }),
      is_current: z.boolean(),
    })
    .openapi('SessionEvent'),
)
