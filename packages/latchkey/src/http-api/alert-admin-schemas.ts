import { z } from '@hono/zod-openapi'
import { alertAnswers, alertStates, detectorModes, responses } from '../model/alert.ts'
import { severities } from '../model/finding.ts'
import type {
  AlertOnWire,
  AlertsResponse,
  DetectorOnWire,
  DetectorsResponse,
  MuteOnWire,
  MutesResponse,
} from './alert-wire-types.ts'
import { exactly } from './schema-equality.ts'
import { instant } from './session-schemas.ts'

const nullableText = z.string().nullable()
const label = nullableText.openapi({
  description: 'The e-mail address, where that is an account of the program.',
  example: 'ann@example.com',
})
const attack = z.array(z.string()).openapi({ description: 'MITRE ATT&CK techniques.', example: ['T1078'] })
const severity = z.enum(severities)
const response = z.enum(responses).openapi({ description: 'Each includes the ones before it.' })

const noteSchema = z.object({ at: instant, by: z.string(), by_label: label, text: z.string() })

/** One alert, as administrators see it. */
export const alertSchema: z.ZodType<AlertOnWire> = exactly<AlertOnWire>()(
  z
    .object({
      id: z.string().openapi({ example: 'alr_q2r6txm3c5k4vwz7hy2ejb6nxa' }),
      detector: z.string().openapi({ example: 'impossible-travel' }),
      title: z.string().openapi({ example: 'Impossible travel' }),
      attack,
      severity,
      user_id: nullableText,
      user_label: label,
      session_id: nullableText,
      session_active: z.boolean().nullable().openapi({
        description: 'Whether that session is live; null where there is none on record.',
      }),
      device_id: nullableText,
      reason: z.string().openapi({ example: 'Oslo to Singapore, 10,040 km in 42 minutes.' }),
      evidence: z.record(z.string(), z.unknown()),
      first_at: instant,
      last_at: instant,
      count: z.int().openapi({ description: 'How many findings it has.' }),
      state: z.enum(alertStates),
      assignee: nullableText.openapi({ description: 'The account that looks after it.' }),
      assignee_label: label,
      answer: z.enum(alertAnswers).nullable().openapi({ description: 'What its user said.' }),
      answered_at: instant.nullable(),
      response: response.nullable().openapi({ description: 'What is to happen or has happened by itself.' }),
      responded_at: instant.nullable(),
      notes: z.array(noteSchema),
      version: z.int().openapi({ description: 'Grows with each change.' }),
    })
    .openapi('Alert'),
)

const count = z.int().min(0)

/** A page of alerts. */
export const alertsResponseSchema: z.ZodType<AlertsResponse> = exactly<AlertsResponse>()(
  z
    .object({
      alerts: z.array(alertSchema).openapi({ description: 'Newest first.' }),
      next_cursor: nullableText,
      counts: z
        .object({ open: count, acknowledged: count, resolved: count, 'false-alarm': count })
        .openapi({ description: 'By state, of the filter without its states.' }),
    })
    .openapi('Alerts'),
)

/** One mute. */
export const muteSchema: z.ZodType<MuteOnWire> = exactly<MuteOnWire>()(
  z
    .object({
      id: z.string().openapi({ example: 'mut_q2r6txm3c5k4vwz7hy2ejb6nxa' }),
      detector: nullableText,
      user_id: nullableText,
      user_label: label,
      device_id: nullableText,
      network: z
        .int()
        .nullable()
        .openapi({ description: 'The number of an autonomous system.', example: 64500 }),
      until: instant.nullable().openapi({ description: 'Null: for ever.' }),
      note: nullableText,
      by: z.string(),
      by_label: label,
      at: instant,
    })
    .openapi('Mute'),
)

/** The mutes that are on record. */
export const mutesResponseSchema: z.ZodType<MutesResponse> = exactly<MutesResponse>()(
  z.object({ mutes: z.array(muteSchema) }).openapi('Mutes'),
)

/** One detector and how it is set. */
export const detectorSchema: z.ZodType<DetectorOnWire> = exactly<DetectorOnWire>()(
  z
    .object({
      name: z.string().openapi({ example: 'impossible-travel' }),
      title: z.string().openapi({ example: 'Impossible travel' }),
      definition: z.string(),
      attack,
      severity,
      mode: z.enum(detectorModes),
      response,
      last_30_days: z.object({ alerts: count, false_alarms: count }),
    })
    .openapi('Detector'),
)

/** All detectors. */
export const detectorsResponseSchema: z.ZodType<DetectorsResponse> = exactly<DetectorsResponse>()(
  z
    .object({
      detectors: z.array(detectorSchema),
      mail: z.boolean().openapi({ description: 'Whether mails are sent.' }),
    })
    .openapi('Detectors'),
)
