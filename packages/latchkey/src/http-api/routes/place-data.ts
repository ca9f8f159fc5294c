import { createRoute } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { bySession } from '../openapi.ts'
import { placeDataSchema } from '../place-data-schema.ts'
import { problems } from '../problem-schema.ts'
import { toIsoOrNull } from '../user-session.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/security/place-data',
  tags: ['own sessions'],
  summary: 'What places come from, with what is due to those who made it',
  security: bySession,
  responses: {
    200: { description: 'The data', content: { 'application/json': { schema: placeDataSchema } } },
    ...problems('unauthenticated', 'factor-required', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function placeData(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedInBackground }, async (context) => {
    const known = tools.sessions.placeData()
    if (known === null) return context.json({ level: 'off' as const, sources: [] }, 200)
    const sources = known.sources.map(({ name, licence, attribution, url, builtAt }) => ({
      name,
      licence,
      attribution,
      url,
      built_at: toIsoOrNull(builtAt),
    }))
    return context.json({ level: known.level, sources }, 200)
  })
}
