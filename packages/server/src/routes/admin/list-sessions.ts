import { createRoute, z } from '@hono/zod-openapi'
import { deviceTypes, type SessionConditions } from 'latchkey'
import { bySession, managedSessionsResponseSchema, problems } from 'latchkey/http'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { managedSessions } from './managed-sessions.ts'

const query = z.object({
  search: z
    .string()
    .trim()
    .max(255)
    .refine((text) => !text.includes('\0'), 'must be text without NUL')
    .optional()
    .openapi({
      description: 'How a user id or session id begins, a whole address, or a part of an e-mail address.',
    }),
  user_id: z.string().min(1).max(255).optional(),
  device_type: z.enum(deviceTypes).optional(),
  state: z.enum(['live', 'ended']).optional().openapi({ description: 'Default: both.' }),
  ip_address: z.string().min(1).max(64).optional().openapi({
    description:
      'Whole, in any usual spelling. Where addresses are cut to their networks, it finds its network.',
  }),
  cursor: z.string().min(1).max(512).optional().openapi({ description: '`next_cursor` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/sessions',
  tags: ['administration'],
  summary: 'Sessions of all users, newest first',
  security: bySession,
  request: { query },
  responses: {
    200: {
      description: 'One page.',
      content: { 'application/json': { schema: managedSessionsResponseSchema } },
    },
    ...problems('unauthenticated', 'forbidden', 'invalid-input', 'too-many-attempts', 'storage-unavailable'),
  },
})

/** `GET /api/v1/admin/sessions` */
export function addListSessions(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    const { session } = await requireAdmin(routes, context)
    const { cursor = null, limit, ...wanted } = context.req.valid('query')
    const page = await program.sessions.listSessions(await filterOf(routes, wanted), { cursor, limit })
    return context.json(
      { sessions: await managedSessions(routes, page.items, session.id), next_cursor: page.next },
      200,
    )
  })
}

type Wanted = Omit<z.output<typeof query>, 'cursor' | 'limit'>

async function filterOf({ program }: RouteContext, wanted: Wanted): Promise<SessionConditions> {
  const search = wanted.search
    ? { text: wanted.search, userIds: await program.accounts.searchIds(wanted.search) }
    : null
  return {
    userId: wanted.user_id ?? null,
    deviceType: wanted.device_type ?? null,
    ipAddress: wanted.ip_address ?? null,
    state: wanted.state ?? null,
    search,
  }
}
