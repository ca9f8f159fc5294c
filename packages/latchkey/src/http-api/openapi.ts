import type { ApiApp } from './api-environment.ts'

const title = 'Latchkey'
const description =
  'Who is signed in, on which device, from where; ended at once, and for good. All instants are ISO 8601 in UTC ' +
  'with milliseconds. Errors are `application/problem+json` (RFC 9457). Send `X-Latchkey-Activity: background` with ' +
  'requests that no person made: they do not put off the idle timeout.'

/** Names the ways to prove who one is, for the `security` of routes. */
export function describeSecurity(app: ApiApp, cookieName: string): void {
  const { openAPIRegistry } = app
  openAPIRegistry.registerComponent('securitySchemes', 'sessionCookie', {
    type: 'apiKey',
    in: 'cookie',
    name: cookieName,
    description: 'The session cookie. Requests that change something must come from the application itself.',
  })
  openAPIRegistry.registerComponent('securitySchemes', 'sessionToken', {
    type: 'http',
    scheme: 'bearer',
    description: 'The session token, for clients without a cookie jar.',
  })
  openAPIRegistry.registerComponent('securitySchemes', 'alertToken', {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of the link in a mail about an alert, for the routes behind it.',
  })
  openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'The API key of a host back end.',
  })
}

/** OpenAPI 3.1 of every route, from the schemas that validate. */
export function openApiDocument(app: ApiApp, publicUrl: string): Record<string, unknown> {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title,
      version: '1',
      description,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: new URL(publicUrl).origin }],
    tags: [
      { name: 'own sessions', description: "A user's own sessions, in the session that asks." },
      { name: 'own devices', description: "A user's own devices, in the session that asks." },
      { name: 'own alerts', description: "What was noticed about a user's sessions, and their word on it." },
      { name: 'host back ends', description: 'For applications in any language, by API key.' },
      { name: 'reverse proxies', description: 'A gate in front of other applications.' },
    ],
  })
  return { ...document }
}

/**
 * `GET /openapi.json`. Made when somebody asks for it first, once all routes are there, and then kept: anybody may
 * ask, and making it takes longer than any other answer.
 */
export function serveOpenApiDocument(app: ApiApp, publicUrl: string): void {
  let json: string | null = null
  app.get('/openapi.json', (context) => {
    json ??= JSON.stringify(openApiDocument(app, publicUrl))
    return context.body(json, 200, { 'Content-Type': 'application/json' })
  })
}

/** For the `security` of a route: one of the two. */
export const bySession: { [scheme: string]: string[] }[] = [{ sessionCookie: [] }, { sessionToken: [] }]

/** For the `security` of the routes behind a link in a mail. */
export const byAlertToken: { [scheme: string]: string[] }[] = [{ alertToken: [] }]

/** For the `security` of a route. */
export const byApiKey: { [scheme: string]: string[] }[] = [{ apiKey: [] }]
