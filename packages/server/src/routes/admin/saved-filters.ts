import { createRoute, z } from '@hono/zod-openapi'
import { systemClock, toIso } from 'latchkey'
import { bySession, ProblemError, problems, savedFiltersResponseSchema } from 'latchkey/http'
import type { SavedFilter } from '../../accounts/saved-filter-store.ts'
import { filterText } from '../../filters/filter-parameters.ts'
import { parsedFilter } from '../../filters/parsed-filter.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

/** Of one account. More: nobody finds the one that they look for. */
const mostSaved = 100

const path = '/api/v1/admin/saved-filters'
const described = { tags: ['administration'], security: bySession }
const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'must be text without NUL')
const params = z.object({ name: name.openapi({ example: 'Phones abroad' }) })
const all = {
  description: 'Those of the account, by name.',
  content: { 'application/json': { schema: savedFiltersResponseSchema } },
}
const reading = [
  'unauthenticated',
  'factor-required',
  'forbidden',
  'too-many-attempts',
  'storage-unavailable',
] as const
const changing = [...reading, 'cross-site-request', 'invalid-input'] as const

const listRoute = createRoute({
  ...described,
  method: 'get',
  path,
  summary: 'Filters that the account has saved',
  responses: { 200: all, ...problems(...reading) },
})

const putRoute = createRoute({
  ...described,
  method: 'put',
  path: `${path}/{name}`,
  summary: 'Save a filter under a name',
  description:
    'In the place of the one that has the name. It is kept as it is written: ages are those of when it is used.',
  request: {
    params,
    body: {
      required: true,
      content: { 'application/json': { schema: z.strictObject({ filter: filterText }) } },
    },
  },
  responses: {
    200: all,
    ...problems(...changing, 'malformed-request', 'conflict', 'body-too-large', 'unsupported-media-type'),
  },
})

const deleteRoute = createRoute({
  ...described,
  method: 'delete',
  path: `${path}/{name}`,
  summary: 'Forget a saved filter',
  request: { params },
  responses: { 200: all, ...problems(...changing, 'not-found') },
})

/** `/api/v1/admin/saved-filters` and what is below it; each answers with all that the account has then. */
export function addSavedFilters(routes: RouteContext): void {
  const { app, program } = routes
  const { savedFilters } = program
  app.openapi({ ...listRoute, middleware: adminsOnly(routes) }, async (context) => {
    const { account } = await requireAdmin(routes, context)
    return context.json(onWire(await savedFilters.list(account.id)), 200)
  })
  app.openapi({ ...putRoute, middleware: adminsOnly(routes) }, async (context) => {
    const { account } = await requireAdmin(routes, context)
    const { filter } = context.req.valid('json')
    await parsedFilter(program, filter)
    const saved = { name: context.req.valid('param').name, filter, createdAt: systemClock.now() }
    if (!(await savedFilters.put(account.id, saved, mostSaved))) {
      throw new ProblemError('conflict', `There are ${mostSaved} saved filters, which is the most.`)
    }
    return context.json(onWire(await savedFilters.list(account.id)), 200)
  })
  app.openapi({ ...deleteRoute, middleware: adminsOnly(routes) }, async (context) => {
    const { account } = await requireAdmin(routes, context)
    if (!(await savedFilters.remove(account.id, context.req.valid('param').name))) {
      throw new ProblemError('not-found', 'There is no saved filter of that name.')
    }
    return context.json(onWire(await savedFilters.list(account.id)), 200)
  })
}

function onWire(saved: readonly SavedFilter[]) {
  return {
    saved_filters: saved.map(({ name: own, filter, createdAt }) => ({
      name: own,
      filter,
      created_at: toIso(createdAt),
    })),
  }
}
