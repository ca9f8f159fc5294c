import { createRoute } from '@hono/zod-openapi'
import { noFilter, type Overview, severities, toIso } from 'latchkey'
import {
  bySession,
  type OverviewResponse,
  overviewResponseSchema,
  problems,
  toAnalyticsDurations,
  toAnalyticsPoint,
  toAnalyticsShare,
  toAnalyticsSums,
} from 'latchkey/http'
import { alertsOnWire } from '../../alerts/alert-on-wire.ts'
import { sumOf } from '../../alerts/sum-of.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

const newestAlerts = 5

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/overview',
  tags: ['administration'],
  summary: 'What is going on, in one question',
  description: 'Costs the same however many sessions there are.',
  security: bySession,
  responses: {
    200: {
      description: 'The last hours and days of all sessions, and open alerts.',
      content: { 'application/json': { schema: overviewResponseSchema } },
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

/** `GET /api/v1/admin/overview` */
export function addOverview(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const [overview, alerts] = await Promise.all([program.sessions.getOverview(), openAlerts(routes)])
    return context.json(overviewOnWire(overview, alerts), 200)
  })
}

/** Those of the severity `info` are no work for anybody. */
async function openAlerts({ program }: RouteContext): Promise<OverviewResponse['open_alerts']> {
  const open = { states: ['open'] } as const
  const asked = severities.filter((severity) => severity !== 'info')
  const page = { cursor: null, limit: newestAlerts }
  const [newest, tallies] = await Promise.all([
    program.sessions.listAlerts({ ...open, severities: asked }, page),
    program.sessions.tallyAlerts({ ...open, severities: asked }),
  ])
  return {
    total: sumOf(tallies),
    by_severity: Object.fromEntries(
      asked.map((severity) => [severity, sumOf(tallies.filter((tally) => tally.severity === severity))]),
    ),
    newest: await alertsOnWire(program, newest.items),
  }
}

function overviewOnWire(overview: Overview, alerts: OverviewResponse['open_alerts']): OverviewResponse {
  const shares = (by: keyof Overview['groups']) =>
    overview.groups[by].map((share) => toAnalyticsShare(share, by, noFilter, overview.period))
  return {
    at: toIso(overview.at),
    active_sessions: overview.activeSessions,
    last_24_hours: toAnalyticsSums(overview.totals),
    before: overview.before === null ? null : toAnalyticsSums(overview.before),
    hours: overview.hours.map(toAnalyticsPoint),
    countries: shares('country'),
    device_types: shares('device_type'),
    browsers: shares('browser'),
    operating_systems: shares('os'),
    durations: toAnalyticsDurations(overview.durations),
    open_alerts: alerts,
    events_behind: overview.eventsBehind,
  }
}
