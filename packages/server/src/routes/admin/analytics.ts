import { createRoute, z } from '@hono/zod-openapi'
import { noFilter, type ParsedFilter, type SessionConditions, systemClock } from 'latchkey'
import {
  analyticsResponseSchema,
  bySession,
  problems,
  toAnalyticsResponse,
  userIdInPath,
} from 'latchkey/http'
import { conditionsOf, parsedFilter } from '../../filters/parsed-filter.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { analyticsQuery, analyticsQuestion } from './analytics-question.ts'

/** In the grammar of filters; what is wrong with it is for `parsedFilter` to say. */
export const filterQuery: z.ZodType<string | undefined, string | undefined> = z
  .string()
  .max(4_000)
  .optional()
  .openapi({
    description:
      'Only sessions of this filter. They are counted now from those that are still on record, which takes longer the more there are.',
    example: 'country:NO browser:Chrome',
  })

const answers = {
  200: {
    description: 'Sessions over time, in numbers.',
    content: { 'application/json': { schema: analyticsResponseSchema } },
  },
  ...problems(
    'unauthenticated',
    'factor-required',
    'forbidden',
    'invalid-input',
    'too-many-attempts',
    'storage-unavailable',
  ),
}

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/analytics',
  tags: ['administration'],
  summary: 'Sessions over time, with the period before',
  security: bySession,
  request: { query: z.object({ ...analyticsQuery, filter: filterQuery }) },
  responses: answers,
})

const ofUserRoute = createRoute({
  method: 'get',
  path: '/api/v1/admin/users/{user_id}/analytics',
  tags: ['administration'],
  summary: 'As `/admin/analytics`, of one user',
  security: bySession,
  request: { params: z.object({ user_id: userIdInPath }), query: z.object(analyticsQuery) },
  responses: answers,
})

/** `GET /api/v1/admin/analytics` and `GET /api/v1/admin/users/{user_id}/analytics` */
export function addAnalytics(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const { filter: text = '', ...asked } = context.req.valid('query')
    const question = analyticsQuestion(asked, systemClock.now())
    const { conditions, filter } = await filterOf(routes, text)
    const analytics = await program.sessions.getAnalytics({ ...question, conditions })
    return context.json(toAnalyticsResponse(analytics, { filter, groupBy: question.groupBy }), 200)
  })
  app.openapi({ ...ofUserRoute, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const { user_id: userId } = context.req.valid('param')
    const question = analyticsQuestion(context.req.valid('query'), systemClock.now())
    const analytics = await program.sessions.getAnalytics({ ...question, conditions: { userId } })
    const filter = { ...noFilter, userId }
    return context.json(toAnalyticsResponse(analytics, { filter, groupBy: question.groupBy }), 200)
  })
}

/** What a filter says, in words and in terms of sessions. */
export interface AskedFilter {
  /** Null: it has no word, and numbers that were counted when it happened answer faster, and know of what was forgotten. */
  readonly conditions: SessionConditions | null
  readonly filter: ParsedFilter
}

/** Throws `invalid-input` naming the word at fault. */
export async function filterOf({ program }: RouteContext, text: string): Promise<AskedFilter> {
  if (text.trim() === '') return { conditions: null, filter: noFilter }
  const filter = await parsedFilter(program, text)
  return { conditions: await conditionsOf(program, filter), filter }
}
