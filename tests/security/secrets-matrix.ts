import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { serviceKey } from '../running-program.ts'
import { type Answer, type Asking, cookieName } from './ask.ts'
import { type Endpoint, endpointsOf } from './documented-endpoints.ts'
import { inParallel } from './in-parallel.ts'
import { alertLink, newSession } from './sessions-of-store.ts'
import type { StartedStore } from './started-store.ts'

/** What somebody may take for a credential. */
interface Secret {
  readonly kind: string
  readonly text: string
  /** The scheme of the OpenAPI document under which it counts, by its way; null: it is nobody's credential. */
  readonly as: 'session' | 'key' | 'alert' | null
}

/** A place of a request in which a secret may stand. */
interface Way {
  readonly name: string
  /** Under which schemes of the document what stands there is looked at. */
  readonly schemes: readonly string[]
  asking(endpoint: Endpoint, secret: string): Asking
}

const ways: readonly Way[] = [
  {
    name: 'bearer token',
    schemes: ['sessionToken', 'apiKey', 'alertToken'],
    asking: (endpoint, bearer) => ({ ...endpoint, bearer }),
  },
  {
    name: 'cookie',
    schemes: ['sessionCookie'],
    asking: (endpoint, session) => ({ ...endpoint, session }),
  },
  {
    name: 'device cookie',
    schemes: [],
    asking: (endpoint, secret) => ({ ...endpoint, cookie: `${cookieName}-device=${secret}` }),
  },
  {
    name: 'query',
    schemes: [],
    asking: ({ method, path }, secret) => {
      const query = new URLSearchParams({ token: secret, access_token: secret, api_key: secret })
      return { method, path: `${path}?${query}` }
    },
  },
  {
    name: 'form',
    schemes: [],
    asking: ({ method, path }, secret) => ({
      method,
      path,
      body: new URLSearchParams({ token: secret, access_token: secret, client_secret: secret }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  },
  {
    name: 'body',
    schemes: [],
    asking: ({ method, path }, secret) => ({
      method,
      path,
      body: { token: secret, session: secret, api_key: secret, password: secret, email: 'a@example.com' },
    }),
  },
  {
    name: 'header',
    schemes: [],
    asking: (endpoint, secret) => ({
      ...endpoint,
      headers: {
        'x-api-key': secret,
        'x-csrf-token': secret,
        'x-auth-token': secret,
        'x-session-token': secret,
      },
    }),
  },
]

/** Sends each kind of secret to each documented endpoint in each way; rejects where one is accepted that is none there. */
export async function runSecretsMatrix(store: StartedStore): Promise<void> {
  const { body: document } = await store.ask({ path: '/openapi.json' })
  const endpoints = endpointsOf(document)
  const surprises: string[] = []
  const cells = endpoints.flatMap((endpoint) => ways.map((way) => ({ endpoint, way })))
  // What a secret may do where it counts could be the end of it, so each of the calls that change something has its own.
  await inParallel(cells, 8, async ({ endpoint, way }) => {
    for (const secret of await secretsOf(store, endpoint.method !== 'GET' && way.schemes.length > 0)) {
      const answer = await store.ask(way.asking(endpoint, secret.text))
      const isLetIn = !isRefusal(answer, endpoint)
      if (isLetIn !== isOwnPlace(secret, way, endpoint))
        surprises.push(
          `${endpoint.method} ${endpoint.path}: ${secret.kind} as ${way.name} is ${answer.status}`,
        )
      if (answer.status >= 500) surprises.push(`${endpoint.method} ${endpoint.path}: ${answer.status}`)
    }
  })
  expect(surprises).toEqual([])
  // The table is not empty, and there are places where something counts.
  expect(endpoints.filter(({ schemes }) => schemes.length > 0).length).toBeGreaterThan(30)
}

const kindOfScheme: Readonly<Record<string, Secret['as']>> = {
  sessionToken: 'session',
  sessionCookie: 'session',
  apiKey: 'key',
  alertToken: 'alert',
}

function isOwnPlace({ as }: Secret, { schemes }: Way, endpoint: Endpoint): boolean {
  // An endpoint that asks for nothing lets in by nothing.
  const heeded = schemes.filter((scheme) => endpoint.schemes.includes(scheme))
  return as !== null && heeded.some((scheme) => kindOfScheme[scheme] === as)
}

/** Where no credential is asked for, letting in is to hand one out, or to say who somebody is. */
function isRefusal({ status, sessionToken, text }: Answer, { schemes }: Endpoint): boolean {
  if (schemes.length > 0) return status === 401
  return sessionToken === null && !/"(token|session)":/.test(text)
}

const shared = new WeakMap<StartedStore, Promise<readonly Secret[]>>()

/** Everything that the store hands out or keeps; where it is used up, a new session's. */
async function secretsOf(store: StartedStore, isUsedUp: boolean): Promise<readonly Secret[]> {
  let made = shared.get(store)
  if (made === undefined) {
    made = makeSecrets(store)
    shared.set(store, made)
  }
  const secrets = await made
  if (!isUsedUp) return secrets
  const { token } = await newSession(store)
  return secrets.map((secret) => (secret.as === 'session' ? { ...secret, text: token } : secret))
}

async function makeSecrets(store: StartedStore): Promise<readonly Secret[]> {
  const session = await newSession(store, { device_tokens: [] })
  const device = await newSession(store, { user: session.user, device_tokens: [] })
  const made = await store.ask({
    method: 'POST',
    path: '/api/v1/sessions',
    bearer: serviceKey,
    body: { user_id: session.user, device_tokens: [] },
  })
  const admin = { session: await store.administrator() }
  const list = await store.ask({ path: '/api/v1/admin/sessions?limit=1', ...admin })
  const audit = await store.ask({ path: '/api/v1/admin/audit/verification', ...admin })
  const hash = createHash('sha256')
    .update(Buffer.from(device.token.slice(29), 'base64url'))
    .digest()
  const none = (kind: string, text: unknown): Secret[] =>
    typeof text === 'string' && text !== '' ? [{ kind, text, as: null }] : []
  return [
    { kind: 'session token', text: session.token, as: 'session' },
    { kind: 'API key', text: serviceKey, as: 'key' },
    { kind: 'alert link', text: await alertLink(store), as: 'alert' },
    ...none('device token', made.body.device_token),
    ...none('stored hash in hex', hash.toString('hex')),
    ...none('stored hash in base64', hash.toString('base64')),
    ...none('stored hash in the place of a secret', `${device.id}.${hash.toString('base64url')}`),
    ...none('session id', session.id),
    ...none('request id', made.headers['x-request-id']),
    ...none('cursor', list.body?.next_cursor),
    ...none('audit head', audit.body?.head),
    ...none('secret of another session', `${session.id}.${device.token.slice(29)}`),
  ]
}
