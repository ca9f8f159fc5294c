import { createRoute, z } from '@hono/zod-openapi'
import { type BulkEnding, formatFilter } from 'latchkey'
import {
  bulkEndingSchema,
  bulkEndingsResponseSchema,
  bulkPreviewResponseSchema,
  bySession,
  cutOffNote,
  ProblemError,
  problems,
} from 'latchkey/http'
import { filterText } from '../../filters/filter-parameters.ts'
import { parsedFilter } from '../../filters/parsed-filter.ts'
import { adminsOnly, recentAdminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { bulkEndingsOnWire } from './bulk-ending-on-wire.ts'
import { managedSessions } from './managed-sessions.ts'

const path = '/api/v1/admin/bulk-endings'
const described = { tags: ['administration'], security: bySession }
const reading = [
  'unauthenticated',
  'factor-required',
  'forbidden',
  'too-many-attempts',
  'storage-unavailable',
] as const
const changing = [
  ...reading,
  'malformed-request',
  'cross-site-request',
  'reauthentication-required',
  'body-too-large',
  'unsupported-media-type',
  'invalid-input',
] as const
const params = z.object({ id: z.string().max(100).openapi({ example: 'blk_q2k7wq5zv3nd6x4ye7mfa2tbq2' }) })

function json<Schema extends z.ZodType>(schema: Schema) {
  return { content: { 'application/json': { schema } } }
}

const previewRoute = createRoute({
  ...described,
  method: 'post',
  path: `${path}/preview`,
  summary: 'What a bulk ending would end',
  request: { body: { required: true, ...json(z.strictObject({ filter: filterText })) } },
  responses: {
    200: { description: 'Nothing was changed.', ...json(bulkPreviewResponseSchema) },
    ...problems(...changing),
  },
})

const startRoute = createRoute({
  ...described,
  method: 'post',
  path,
  summary: 'End every live session of a filter',
  description:
    'In the background, in batches, each of which is final on every node. Sessions that begin later are not meant, and the session of who asks is kept. A filter needs a word at least (`state:live` is everybody), and has no bare words.',
  request: {
    body: {
      required: true,
      ...json(
        z.strictObject({
          filter: filterText,
          expected_count: z.int().min(0).max(1_000_000_000).openapi({ description: 'As the preview said.' }),
          note: cutOffNote,
        }),
      ),
    },
  },
  responses: {
    201: { description: 'It has begun.', ...json(bulkEndingSchema) },
    ...problems(...changing, 'count-changed'),
  },
})

const listRoute = createRoute({
  ...described,
  method: 'get',
  path,
  summary: 'Bulk endings, the newest 100',
  responses: {
    200: { description: 'Newest first.', ...json(bulkEndingsResponseSchema) },
    ...problems(...reading),
  },
})

const getRoute = createRoute({
  ...described,
  method: 'get',
  path: `${path}/{id}`,
  summary: 'How far a bulk ending is',
  request: { params },
  responses: {
    200: { description: 'As it is now.', ...json(bulkEndingSchema) },
    ...problems(...reading, 'not-found', 'invalid-input'),
  },
})

const cancelRoute = createRoute({
  ...described,
  method: 'post',
  path: `${path}/{id}/cancel`,
  summary: 'Stop a bulk ending',
  description: 'What has ended stays ended. Where it is over, nothing is changed.',
  request: { params },
  responses: {
    200: { description: 'As it is now.', ...json(bulkEndingSchema) },
    ...problems(...changing, 'not-found'),
  },
})

/** `/api/v1/admin/bulk-endings` and what is below it. */
export function addBulkEndings(routes: RouteContext): void {
  addLooking(routes)
  addChanging(routes)
}

function addLooking(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...previewRoute, middleware: adminsOnly(routes) }, async (context) => {
    const { session } = await requireAdmin(routes, context)
    const { filter } = context.req.valid('json')
    const { count, users, sample } = await program.sessions.previewBulkEnding(
      await withAccounts(routes, filter),
      { except: session.id },
    )
    return context.json(
      { filter, count, users, sample: await managedSessions(routes, sample, session.id) },
      200,
    )
  })
  app.openapi({ ...listRoute, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const endings = await program.sessions.listBulkEndings()
    return context.json({ bulk_endings: await bulkEndingsOnWire(program.accounts, endings) }, 200)
  })
  app.openapi({ ...getRoute, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const { id } = context.req.valid('param')
    return context.json(await onWire(routes, await program.sessions.getBulkEnding(id)), 200)
  })
}

function addChanging(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...startRoute, middleware: recentAdminsOnly(routes) }, async (context) => {
    const { account, session } = await requireAdmin(routes, context)
    const { filter, expected_count: expected, note } = context.req.valid('json')
    const outcome = await program.sessions.startBulkEnding(
      {
        filter: await withAccounts(routes, filter),
        expected,
        except: session.id,
        ...(note !== undefined && { note }),
      },
      { by: `admin:${account.id}`, request: context.get('requestId') },
    )
    if (outcome.kind === 'count-changed') {
      const { count } = outcome
      throw new ProblemError('count-changed', `It would end ${count} sessions now, not ${expected}.`, {
        field: 'expected_count',
        more: { count },
      })
    }
    return context.json(await onWire(routes, outcome.ending), 201)
  })
  app.openapi({ ...cancelRoute, middleware: recentAdminsOnly(routes) }, async (context) => {
    const { account } = await requireAdmin(routes, context)
    const ending = await program.sessions.cancelBulkEnding(context.req.valid('param').id, {
      by: `admin:${account.id}`,
      request: context.get('requestId'),
    })
    return context.json(await onWire(routes, ending), 200)
  })
}

/** Whoever goes on with it knows no addresses of accounts. What cannot be read names its word. */
async function withAccounts({ program }: RouteContext, text: string): Promise<string> {
  const filter = await parsedFilter(program, text)
  return formatFilter(filter)
}

async function onWire({ program }: RouteContext, ending: BulkEnding | null) {
  const [shown] = await bulkEndingsOnWire(program.accounts, ending === null ? [] : [ending])
  if (shown === undefined) throw new ProblemError('not-found', 'There is no such bulk ending.')
  return shown
}
