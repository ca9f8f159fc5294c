import { createRoute, z } from '@hono/zod-openapi'
import { expect, it } from 'vitest'
import { apiUnderTest } from './api-under-test.fake.ts'
import { problems } from './problem-schema.ts'

type Json = { readonly [key: string]: Json } & readonly Json[] & string

const under = await apiUnderTest()
const document = (await (await under.call('/openapi.json')).json()) as Json
const operations = Object.entries(document['paths'] ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation: operation as Json })),
)

/** Every `$ref` in the document. */
function references(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => (key === '$ref' ? [String(part)] : references(part)))
}

it('is OpenAPI 3.1, the same over HTTP and from the function', () => {
  expect(document['openapi']).toBe('3.1.0')
  expect(document).toEqual(JSON.parse(JSON.stringify(under.api.openApiDocument())))
})

it('describes every route of the contract', () => {
  expect(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort()).toEqual([
    'DELETE /api/v1/security/devices/{device_id}',
    'DELETE /api/v1/security/devices/{device_id}/sessions',
    'DELETE /api/v1/security/sessions',
    'DELETE /api/v1/security/sessions/{session_id}',
    'DELETE /api/v1/users/{user_id}/devices/{device_id}',
    'DELETE /api/v1/users/{user_id}/sessions',
    'DELETE /api/v1/users/{user_id}/sessions/{session_id}',
    'GET /api/v1/alert-answers',
    'GET /api/v1/forward-auth',
    'GET /api/v1/security/activity',
    'GET /api/v1/security/alerts',
    'GET /api/v1/security/devices',
    'GET /api/v1/security/fingerprint',
    'GET /api/v1/security/place-data',
    'GET /api/v1/security/sessions',
    'GET /api/v1/security/sessions/analytics',
    'GET /api/v1/security/sessions/count',
    'GET /api/v1/security/sessions/current',
    'GET /api/v1/security/sessions/events',
    'GET /api/v1/users/{user_id}/alerts',
    'GET /api/v1/users/{user_id}/devices',
    'GET /api/v1/users/{user_id}/sessions',
    'GET /api/v1/users/{user_id}/sessions/analytics',
    'GET /api/v1/users/{user_id}/sessions/count',
    'PATCH /api/v1/security/devices/{device_id}',
    'PATCH /api/v1/users/{user_id}/devices/{device_id}',
    'POST /api/v1/alert-answers',
    'POST /api/v1/introspect',
    'POST /api/v1/security/alerts/{alert_id}/answer',
    'POST /api/v1/security/fingerprint',
    'POST /api/v1/sessions',
    'POST /api/v1/sessions/renew',
    'POST /api/v1/sessions/rotate',
    'POST /api/v1/sessions/verify',
    'POST /api/v1/users/{user_id}/alerts/{alert_id}/answer',
    'POST /api/v1/users/{user_id}/cut-off',
    'POST /api/v1/users/{user_id}/disable',
    'POST /api/v1/users/{user_id}/enable',
  ])
})

it.each(operations)(
  '$method $path says what it is for, who may call it and how it fails',
  ({ path, operation }) => {
    expect(operation['summary']).toMatch(/\w/)
    expect(operation['tags']).toHaveLength(1)
    const schemes = Object.keys(document['components']?.['securitySchemes'] ?? {})
    const used = operation['security']?.flatMap((each) => Object.keys(each)) ?? []
    expect(used.length).toBeGreaterThan(0)
    expect(schemes).toEqual(expect.arrayContaining(used))
    const responses = Object.entries(operation['responses'] ?? {})
    expect(responses.map(([status]) => status)).toEqual(expect.arrayContaining(['401', '503']))
    for (const [status, response] of responses) {
      expect(response['description']).toMatch(/\w/)
      if (Number(status) >= 400) {
        expect(Object.keys(response['content'] ?? {})).toEqual(['application/problem+json'])
      }
    }
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const parameters = operation['parameters']?.filter((each) => each['in'] === ('path' as Json)) ?? []
    expect(parameters.map((each) => each['name'])).toEqual(named)
  },
)

it('refers to nothing that is not there, and keeps nothing that is not used', () => {
  const used = new Set(references(document))
  const components = Object.keys(document['components']?.['schemas'] ?? {})
  for (const reference of used) {
    expect(components).toContain(reference.replace('#/components/schemas/', ''))
  }
})

it('has examples and the shapes that validate', () => {
  const schemas = document['components']?.['schemas'] ?? ({} as Json)
  expect(schemas['UserSession']).toMatchObject({
    type: 'object',
    properties: {
      last_accessed: { type: ['string', 'null'] },
      ip_address: { example: '203.0.113.7' },
    },
  })
  expect(schemas['CreateSessionRequest']).toMatchObject({ required: ['user_id'] })
})

it('takes in the routes that an application adds, with the same errors and the same guard', async () => {
  const route = createRoute({
    method: 'get',
    path: '/api/v1/own',
    responses: {
      200: {
        description: 'Who',
        content: { 'application/json': { schema: z.object({ user: z.string() }) } },
      },
      ...problems('unauthenticated'),
    },
  })
  const extended = await apiUnderTest({
    extend(app, tools) {
      app.openapi(route, async (context) => {
        const { session } = await tools.requireSession(context)
        return context.json({ user: session.userId }, 200)
      })
      app.get('/old', () => Response.redirect('https://app.example.com/sign-in'))
      app.get('*', (context) =>
        context.req.path.startsWith('/api/') ? context.notFound() : context.html('page'),
      )
    },
  })
  expect(extended.api.openApiDocument()['paths']).toHaveProperty('/api/v1/own')
  const { token } = await extended.signIn('ann')
  expect(await (await extended.call('/api/v1/own', { cookie: token })).json()).toEqual({ user: 'ann' })
  expect((await extended.call('/api/v1/own')).status).toBe(401)
  expect((await extended.call('/api/v1/own', { method: 'POST' })).status).toBe(405)
  expect((await extended.call('/api/v1/other')).status).toBe(404)
  expect((await extended.call('/api/v1/sessions')).status).toBe(405)
  expect((await extended.call('/sign-in')).status).toBe(200)
  const redirect = await extended.call('/old')
  expect([redirect.status, redirect.headers.get('cache-control')]).toEqual([302, 'no-store'])
  expect((await extended.call('/sign-in', { method: 'POST' })).status).toBe(404)
})
