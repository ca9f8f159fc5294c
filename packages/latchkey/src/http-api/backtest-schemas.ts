import { z } from '@hono/zod-openapi'
import { responses } from '../model/alert.ts'
import type { BacktestProgress, BacktestResult } from './alert-wire-types.ts'
import { exactly } from './schema-equality.ts'
import { instant } from './session-schemas.ts'

const count = z.int().min(0)
const response = z.enum(responses)

const progressSchema: z.ZodType<BacktestProgress> = exactly<BacktestProgress>()(
  z.object({ kind: z.literal('progress'), events: count, sessions: count }).openapi('BacktestProgress'),
)

const ofDetector = z.object({
  detector: z.string(),
  title: z.string(),
  findings: count,
  sessions: count.openapi({ description: 'Sessions with a finding.' }),
  users: count,
})

const affected = z.object({
  session_id: z.string().nullable(),
  user_id: z.string().nullable(),
  user_label: z.string().nullable(),
  detector: z.string(),
  response,
  at: instant,
  reason: z.string(),
})

const resultSchema: z.ZodType<BacktestResult> = exactly<BacktestResult>()(
  z
    .object({
      kind: z.literal('result'),
      from: instant,
      to: instant,
      events: count,
      sessions: count.openapi({ description: 'How many sign-ins there were.' }),
      detectors: z.array(ofDetector),
      responses: z
        .object({ notify: count, 'require-reauthentication': count, 'end-session': count })
        .openapi({ description: 'Sessions to which a response would have happened, by the strictest.' }),
      affected: z.array(affected).openapi({ description: 'The first 100 of them.' }),
    })
    .openapi('BacktestResult'),
)

/** A line of a backtest. */
export const backtestLineSchema: z.ZodType<BacktestProgress | BacktestResult> = z.union([
  progressSchema,
  resultSchema,
])
