import { createRoute } from '@hono/zod-openapi'
import { systemClock, toIso } from 'latchkey'
import { bySession, type HealthResponse, healthResponseSchema, problems } from 'latchkey/http'
import { diagnose } from '../../diagnosis/diagnose.ts'
import type { Finding } from '../../diagnosis/finding.ts'
import { rememberedBriefly } from '../../diagnosis/remembered-briefly.ts'
import type { Program } from '../../program/open-program.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/health',
  tags: ['administration'],
  summary: 'What `latchkey doctor` sees, and how far reports are',
  description: 'The checks are up to a minute old; they read, and change nothing.',
  security: bySession,
  responses: {
    200: {
      description: 'What was seen.',
      content: { 'application/json': { schema: healthResponseSchema } },
    },
    ...problems(
      'unauthenticated',
      'factor-required',
      'forbidden',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `GET /api/v1/admin/health` */
export function addAdminHealth(routes: RouteContext): void {
  const { app, program } = routes
  const look = rememberedBriefly(
    async () => ({
      at: systemClock.now(),
      findings: await diagnose(program.settings, systemClock),
    }),
    systemClock,
  )
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const { at, findings } = await look()
    return context.json({ at: toIso(at), checks: findings.map(onWire), ...(await lags(program)) }, 200)
  })
}

function onWire({ check, status, saw, mend }: Finding): HealthResponse['checks'][number] {
  return { name: check, state: status, message: saw, remedy: mend }
}

async function lags({ sessions }: Program): Promise<Omit<HealthResponse, 'at' | 'checks'>> {
  const [reports, cleanup] = await Promise.all([sessions.getReportState(), sessions.getCleanupState()])
  const { position, newest, behind, oldestBehindAt, completeFrom, detectorsPosition } = reports
  return {
    events_behind: behind,
    oldest_event_behind: oldestBehindAt === null ? null : toIso(oldestBehindAt),
    cleanup: {
      backlog: cleanup.backlog,
      last_run: cleanup.lastRunAt === null ? null : toIso(cleanup.lastRunAt),
    },
    rollups: { position, complete_from: completeFrom === null ? null : toIso(completeFrom) },
    detectors: { position: detectorsPosition, behind: Math.max(0, newest - (detectorsPosition ?? 0)) },
  }
}
