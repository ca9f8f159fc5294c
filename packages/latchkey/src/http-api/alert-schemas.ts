import { z } from '@hono/zod-openapi'
import { type AlertAnswer, alertAnswers } from '../model/alert.ts'
import { severities } from '../model/finding.ts'
import type {
  AlertAnsweredResponse,
  AlertQuestionResponse,
  OwnAlert,
  OwnAlertsResponse,
} from './alert-wire-types.ts'
import { exactly } from './schema-equality.ts'
import { instant } from './session-schemas.ts'

const answer: z.ZodType<AlertAnswer> = z.enum(alertAnswers)
const title = z.string().openapi({ example: 'Impossible travel' })
const reason = z.string().openapi({
  description: 'A sentence with the numbers in it.',
  example: 'Oslo to Singapore, 10,040 km in 42 minutes.',
})
const device = z.string().nullable().openapi({
  description: 'Null where it is not known, or not on record any more.',
  example: 'Chrome on Windows',
})
const location = z.string().nullable().openapi({ example: 'Oslo, Norway' })

const count = z.int().openapi({ description: 'How often it was noticed.' })

const alertId: z.ZodType<string> = z.string().openapi({ example: 'alr_q2r6txm3c5k4vwz7hy2ejb6nxa' })

/** What its user says. */
export const answerAlertSchema: z.ZodType<{ answer: AlertAnswer; count?: number | undefined }> = z
  .strictObject({
    answer: answer.openapi({
      description:
        '`me`: it is known as theirs from now on. `not-me`: the session ends at once, and nobody takes that back.',
    }),
    count: z.int().min(1).optional().openapi({
      description:
        'The alert’s `count` as it was shown: `me` is a conflict where it was noticed again since. Default: as it is.',
    }),
  })
  .openapi('AnswerAlert')

const ownAlertSchema: z.ZodType<OwnAlert> = exactly<OwnAlert>()(
  z
    .object({
      id: alertId,
      title,
      severity: z.enum(severities),
      reason,
      at: instant.openapi({ description: 'When it was noticed last.' }),
      count,
      session_id: z.string().nullable(),
      session_active: z.boolean().nullable().openapi({
        description: 'Whether the session it is about is live; null where nothing is on record of it.',
      }),
      device,
      location,
      answer: answer.nullable(),
      may_confirm: z.boolean().openapi({
        description:
          'Whether `me` counts in the session that asks: not in the one it is about, nor in a younger one.',
      }),
    })
    .openapi('OwnAlert'),
)

/** A user's alerts. */
export const ownAlertsResponseSchema: z.ZodType<OwnAlertsResponse> = exactly<OwnAlertsResponse>()(
  z
    .object({ alerts: z.array(ownAlertSchema).openapi({ description: 'Newest first; at most 50.' }) })
    .openapi('OwnAlerts'),
)

/** What an answer brought. */
export const alertAnsweredResponseSchema: z.ZodType<AlertAnsweredResponse> = exactly<AlertAnsweredResponse>()(
  z
    .object({
      message: z.string().openapi({ example: 'The session was ended.' }),
      answer,
      revoked_count: z.int().openapi({ description: 'How many sessions ended by it.', example: 1 }),
      current: z.enum(['revoked', 'kept']).openapi({ description: 'What became of the session asked in.' }),
    })
    .openapi('AlertAnswered'),
)

/** What the link in a mail is about. */
export const alertQuestionResponseSchema: z.ZodType<AlertQuestionResponse> = exactly<AlertQuestionResponse>()(
  z
    .object({ title, reason, at: instant, count, device, location, answer: answer.nullable() })
    .openapi('AlertQuestion'),
)
