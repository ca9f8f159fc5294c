import { z } from '@hono/zod-openapi'
import { exactly } from './schema-equality.ts'
import { instant } from './session-schemas.ts'
import type {
  AuditEntriesResponse,
  AuditEntry,
  AuditVerificationResponse,
  CutOffOnWire,
  CutOffResponse,
  CutOffsResponse,
} from './wire-types.ts'

const facts = z.record(z.string(), z.unknown()).nullable()
const nullableText = z.string().nullable()

/** One entry of the audit log. */
export const auditEntrySchema: z.ZodType<AuditEntry> = exactly<AuditEntry>()(
  z
    .object({
      position: z.int().openapi({ description: 'Later entries have greater ones.', example: 4_711 }),
      at: instant,
      type: z.string().openapi({ example: 'session.ended' }),
      event: nullableText.openapi({
        description: 'The name in the OWASP Logging Vocabulary; null where that has none.',
        example: 'session_expired',
      }),
      level: z.enum(['INFO', 'WARN', 'CRITICAL']),
      description: z.string().openapi({ description: 'What happened, as a sentence without names.' }),
      user_id: nullableText.openapi({ description: 'Whom it is about.', example: '42' }),
      user_label: nullableText.openapi({
        description:
          'The e-mail address, where that is an account of the program; in `/api/v1/security/activity` always null.',
        example: 'ann@example.com',
      }),
      session_id: nullableText,
      device_id: nullableText,
      actor: z.string().openapi({ example: 'user:42' }),
      actor_label: nullableText.openapi({ description: 'As `user_label`, of who did it.' }),
      reason: nullableText,
      request_id: nullableText.openapi({ description: 'As in the answer of the request, and in the log.' }),
      before: facts,
      after: facts,
    })
    .openapi('AuditEntry'),
)

/** A page of the audit log. */
export const auditEntriesResponseSchema: z.ZodType<AuditEntriesResponse> = exactly<AuditEntriesResponse>()(
  z
    .object({
      entries: z.array(auditEntrySchema).openapi({ description: 'Newest first.' }),
      next_cursor: nullableText.openapi({
        description: 'Send it as `cursor` for the next page; null on the last one.',
      }),
    })
    .openapi('AuditEntries'),
)

/** What a check of the chain over the audit log found. */
export const auditVerificationResponseSchema: z.ZodType<AuditVerificationResponse> =
  exactly<AuditVerificationResponse>()(
    z
      .object({
        intact: z.boolean(),
        message: z.string(),
        events: z.int(),
        since: instant.nullable().openapi({ description: 'When the first of them was written.' }),
        unlinked: z.int().openapi({ description: 'Of the last seconds, which the chain does not hold yet.' }),
        head: nullableText.openapi({ description: '`position:digest`, to be kept elsewhere.' }),
        broken: z.object({ first: z.int(), last: z.int(), fault: z.string() }).nullable().openapi({
          description: 'Positions between which it does not hold; null where it is intact.',
        }),
      })
      .openapi('AuditVerification'),
  )

const cutOffSchema: z.ZodType<CutOffOnWire> = exactly<CutOffOnWire>()(
  z
    .object({
      scope: z.enum(['user', 'device', 'everybody']),
      user_id: nullableText,
      user_label: nullableText.openapi({ description: 'As in an audit entry.' }),
      device_id: nullableText,
      not_before: instant
        .nullable()
        .openapi({ description: 'Sessions created until then are over; null: for ever.' }),
      set_at: instant,
      by: z.string().openapi({ example: 'admin:usr_k3v9' }),
      by_label: nullableText.openapi({ example: 'ann@example.com' }),
      note: nullableText,
    })
    .openapi('CutOff'),
)

/** The cut-offs that are on record. */
export const cutOffsResponseSchema: z.ZodType<CutOffsResponse> = exactly<CutOffsResponse>()(
  z.object({ cut_offs: z.array(cutOffSchema) }).openapi('CutOffs'),
)

/** What setting or lifting a cut-off brings. */
export const cutOffResponseSchema: z.ZodType<CutOffResponse> = exactly<CutOffResponse>()(
  z
    .object({
      message: z.string().openapi({ example: '2 sessions were ended.' }),
      revoked_count: z.int().openapi({ description: 'How many sessions ended at once.', example: 2 }),
    })
    .openapi('CutOffResponse'),
)
