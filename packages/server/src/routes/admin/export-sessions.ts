import { createRoute, z } from '@hono/zod-openapi'
import { type SessionConditions, systemClock, utcDate } from 'latchkey'
import { bySession, ProblemError, problems } from 'latchkey/http'
import { exportedText, exportFormats, mediaTypes, type ReadPage } from '../../export/session-export.ts'
import { streamOf } from '../../export/stream-of.ts'
import { conditionsOfParameters, filterParameters } from '../../filters/filter-parameters.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { managedSessions } from './managed-sessions.ts'

/** Larger: more memory and longer waits in between. Smaller: more reads. */
const pageSize = 500

const file = { schema: z.string() }

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/sessions/export',
  tags: ['administration'],
  summary: 'Sessions of a filter as a file, newest first',
  description:
    'Sent while it is read, whatever its size; one that breaks off is not whole. In CSV, cells that begin with `=`, `+`, `-` or `@` have an apostrophe before them, so that no spreadsheet runs them.',
  security: bySession,
  request: { query: z.object({ ...filterParameters, format: z.enum(exportFormats).default('csv') }) },
  responses: {
    200: {
      description: 'The file. It holds no secret.',
      content: { 'text/csv': file, 'application/json': file, 'application/x-ndjson': file },
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

/** `GET /api/v1/admin/sessions/export` */
export function addExportSessions(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    const { session } = await requireAdmin(routes, context)
    const { format, ...wanted } = context.req.valid('query')
    const conditions = await conditionsOfParameters(program, wanted)
    const read = pagesOf(routes, conditions, session.id)
    // What is wrong with the question, or with the storage, is said by a status while there can be one.
    const first = await read(null)
    const text = exportedText(async (cursor) => (cursor === null ? first : read(cursor)), format)
    return context.body(streamOf(text), 200, {
      'Content-Type': mediaTypes[format],
      'Content-Disposition': `attachment; filename="sessions-${utcDate(systemClock.now())}.${format}"`,
    })
  })
}

/** Rejects once the session that asks is over: whoever ends a stolen one does not want the rest to go out by it. */
function pagesOf(routes: RouteContext, conditions: SessionConditions, currentId: string): ReadPage {
  const { sessions } = routes.program
  return async (cursor) => {
    const current = cursor === null ? null : await sessions.getSession(currentId)
    if (cursor !== null && !current?.isActive)
      throw new ProblemError('unauthenticated', 'The session is over.')
    const { items, next } = await sessions.listSessions(conditions, { cursor, limit: pageSize })
    return { sessions: await managedSessions(routes, items, currentId), next }
  }
}
