import { createRoute, z } from '@hono/zod-openapi'
import { type Session, severities, toIso } from 'latchkey'
import {
  bySession,
  problems,
  type UserOverviewResponse,
  userIdInPath,
  userOverviewResponseSchema,
} from 'latchkey/http'
import { noHistory, type UserHistory } from 'latchkey/ports'
import type { Program } from '../../program/open-program.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { placesOf } from './places-of-sessions.ts'

/** As detectors have it (`detectors/familiar`): fewer sign-ins or days say nothing about habits. */
const leastKnown = { signIns: 3, activeDays: 2 }

/** Places are those of the newest so many sessions. */
const mostSessions = 1_000

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/users/{user_id}',
  tags: ['administration'],
  summary: 'What is known of a user',
  security: bySession,
  request: { params: z.object({ user_id: userIdInPath }) },
  responses: {
    200: {
      description: 'Zeros for a user that nobody has heard of.',
      content: { 'application/json': { schema: userOverviewResponseSchema } },
    },
    ...problems(
      'unauthenticated',
      'factor-required',
      'forbidden',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `GET /api/v1/admin/users/{user_id}` */
export function addUserOverview(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    return context.json(await overviewOf(program, context.req.valid('param').user_id), 200)
  })
}

async function overviewOf(
  { sessions, storage, accounts }: Program,
  userId: string,
): Promise<UserOverviewResponse> {
  const [analytics, page, disabled, [history = noHistory(userId)], openAlerts, emails] = await Promise.all([
    sessions.getSessionAnalytics(userId),
    sessions.listSessions({ userId }, { cursor: null, limit: mostSessions }),
    sessions.isUserDisabled(userId),
    storage.alerts.histories([userId]),
    sessions.countAlerts({ userId, states: ['open'], severities: severities.slice(1) }),
    accounts.emailsOf([userId]),
  ])
  return {
    user_id: userId,
    user_label: emails.get(userId) ?? null,
    disabled,
    active_sessions: analytics.activeSessions,
    total_sessions: analytics.totalSessions,
    ...seen(page.items, history),
    places: placesOf(page.items),
    history: {
      state: isKnown(history) ? 'known' : 'learning',
      sign_ins: history.signIns,
      active_days: history.activeDays,
      countries: history.countries.map(({ key }) => key),
    },
    open_alerts: openAlerts,
  }
}

function isKnown({ signIns, activeDays }: UserHistory): boolean {
  return signIns >= leastKnown.signIns && activeDays >= leastKnown.activeDays
}

/** By the history, which remembers more, and by the sessions, which are there without detectors, too. */
function seen(
  sessions: readonly Session[],
  { since, recent }: UserHistory,
): Pick<UserOverviewResponse, 'first_seen' | 'last_seen'> {
  const instants = [...sessions.map(({ createdAt }) => createdAt), ...recent.map(({ at }) => at)]
  if (since !== null) instants.push(since)
  const sorted = instants.sort((a, b) => a - b)
  const [first, last] = [sorted[0], sorted.at(-1)]
  return {
    first_seen: first === undefined ? null : toIso(first),
    last_seen: last === undefined ? null : toIso(last),
  }
}
