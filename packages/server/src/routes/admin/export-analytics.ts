import { createRoute, z } from '@hono/zod-openapi'
import { mostLines, systemClock, utcDate } from 'latchkey'
import { bySession, problems, toAnalyticsResponse } from 'latchkey/http'
import { analyticsCsv } from '../../export/analytics-csv.ts'
import { mediaTypes } from '../../export/session-export.ts'
import { streamOf } from '../../export/stream-of.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { filterOf, filterQuery } from './analytics.ts'
import { analyticsQuery, analyticsQuestion } from './analytics-question.ts'

const file = z.string().openapi({ format: 'binary' })

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/analytics/export',
  tags: ['administration'],
  summary: 'As `/admin/analytics`, as a file',
  description:
    '`csv`: a line for each hour or day; with `group_by` a line for each of them and value. `json`: what `/admin/analytics` answers.',
  security: bySession,
  request: {
    query: z.object({
      ...analyticsQuery,
      filter: filterQuery,
      format: z.enum(['csv', 'json']).default('csv'),
    }),
  },
  responses: {
    200: {
      description: 'The file.',
      content: { 'text/csv': { schema: file }, 'application/json': { schema: file } },
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

/** `GET /api/v1/admin/analytics/export` */
export function addExportAnalytics(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const { filter: text = '', format, ...asked } = context.req.valid('query')
    const question = analyticsQuestion(asked, systemClock.now())
    const { conditions, filter } = await filterOf(routes, text)
    const lines = format === 'csv' ? { lines: mostLines } : {}
    const analytics = await program.sessions.getAnalytics({ ...question, ...lines, conditions })
    const name = `analytics-${utcDate(analytics.from)}`
    const headers = { 'Content-Disposition': `attachment; filename="${name}.${format}"` }
    if (format === 'json') {
      const answer = JSON.stringify(toAnalyticsResponse(analytics, { filter, groupBy: question.groupBy }))
      return context.body(answer, 200, { ...headers, 'Content-Type': 'application/json' })
    }
    return context.body(streamOf(analyticsCsv(analytics)), 200, {
      ...headers,
      'Content-Type': mediaTypes.csv,
    })
  })
}
