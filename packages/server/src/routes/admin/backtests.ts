import { createRoute, z } from '@hono/zod-openapi'
import { type DetectorSetting, detectorModes, type Instant, responses } from 'latchkey'
import {
  type BacktestProgress,
  type BacktestResult,
  backtestLineSchema,
  bySession,
  ProblemError,
  problems,
} from 'latchkey/http'
import { backtestOnWire } from '../../alerts/backtest-on-wire.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { instantInRequest } from './instant-in-request.ts'
import { ndjsonStream } from './ndjson-stream.ts'

/** No JSON to whoever derives types from the name: it is many. */
const ndjson: string = 'application/x-ndjson'

const draft = z.strictObject({
  detector: z.string().min(1).max(100),
  mode: z.enum(detectorModes),
  response: z.enum(responses),
})

const body = z.strictObject({
  from: instantInRequest,
  to: instantInRequest.openapi({ description: 'Before that instant.' }),
  draft: z
    .array(draft)
    .max(100)
    .openapi({ description: 'Detectors that are not named are as they are set now.' }),
})

const route = createRoute({
  method: 'post',
  path: '/api/v1/admin/backtests',
  tags: ['administration'],
  summary: 'Replay a time under a draft',
  description:
    'Changes nothing. A line of JSON for each step, and the result as the last one; an answer without it broke off. One at a time.',
  security: bySession,
  request: { body: { required: true, content: { 'application/json': { schema: body } } } },
  responses: {
    200: {
      description: 'Lines of JSON.',
      content: { [ndjson]: { schema: backtestLineSchema } },
    },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'forbidden',
      'conflict',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `POST /api/v1/admin/backtests`: it reads a lot, and one of them at a time is enough for a process. */
export function addBacktests(routes: RouteContext): void {
  const { app, logger } = routes
  let isUnderway = false
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const { from, to: until, draft: settings } = context.req.valid('json')
    if (from >= until)
      throw new ProblemError('invalid-input', 'to: must be later than from.', { field: 'to' })
    await requireKnown(routes, settings)
    if (isUnderway) throw new ProblemError('conflict', 'A backtest is under way; wait for it.')
    isUnderway = true
    const stream = ndjsonStream<BacktestProgress | BacktestResult>({
      run: async (write, signal) =>
        write(await replayed(routes, { from, until, draft: settings }, write, signal)),
      onEnd: (error) => {
        isUnderway = false
        if (error !== null) logger.error({ err: error }, 'a backtest broke off')
      },
    })
    return new Response(stream, {
      headers: { 'Content-Type': ndjson, 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' },
    })
  })
}

interface Wanted {
  readonly from: Instant
  readonly until: Instant
  readonly draft: readonly DetectorSetting[]
}

async function replayed(
  { program }: RouteContext,
  wanted: Wanted,
  write: (line: BacktestProgress) => void,
  signal: AbortSignal,
): Promise<BacktestResult> {
  const found = await program.sessions.backtest(
    wanted,
    ({ events, sessions }) => write({ kind: 'progress', events, sessions }),
    signal,
  )
  return backtestOnWire(program.accounts, found)
}

async function requireKnown({ program }: RouteContext, draftOf: readonly DetectorSetting[]): Promise<void> {
  const known = new Set((await program.sessions.detectors()).map(({ name }) => name))
  const stranger = draftOf.findIndex(({ detector }) => !known.has(detector))
  if (stranger < 0) return
  const field = `draft.${stranger}.detector`
  throw new ProblemError('invalid-input', `${field}: is the name of none.`, { field })
}
