import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TemporaryProgram, temporaryProgram } from '../testing/temporary-program.ts'

let temporary: TemporaryProgram

beforeAll(async () => {
  temporary = await temporaryProgram()
})

afterAll(async () => {
  await temporary[Symbol.asyncDispose]()
})

const get = (path: string, headers: Record<string, string> = {}) =>
  temporary.send('GET', path, { headers: { Accept: 'text/html', ...headers } })

describe('the OpenAPI document', () => {
  it('knows every route of the contract, each with what can go wrong', async () => {
    const response = await get('/openapi.json')
    const { paths } = (await response.json()) as {
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
    }
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    for (const operation of [
      'get /api/v1/security/sessions',
      'get /api/v1/security/sessions/count',
      'delete /api/v1/security/sessions/{session_id}',
      'delete /api/v1/security/sessions',
      'get /api/v1/security/sessions/analytics',
      'get /api/v1/security/sessions/current',
      'get /api/v1/security/sessions/events',
      'get /api/v1/security/devices',
      'patch /api/v1/security/devices/{device_id}',
      'delete /api/v1/security/devices/{device_id}',
      'delete /api/v1/security/devices/{device_id}/sessions',
      'get /api/v1/security/fingerprint',
      'post /api/v1/security/fingerprint',
      'get /api/v1/security/place-data',
      'post /api/v1/auth/login',
      'post /api/v1/auth/logout',
      'post /api/v1/auth/reauthenticate',
      'post /api/v1/auth/password',
      'get /api/v1/auth/me',
      'get /api/v1/auth/setup',
      'post /api/v1/auth/setup',
      'post /api/v1/sessions',
      'post /api/v1/sessions/verify',
      'post /api/v1/introspect',
      'get /api/v1/users/{user_id}/sessions',
      'get /api/v1/users/{user_id}/sessions/count',
      'get /api/v1/users/{user_id}/sessions/analytics',
      'delete /api/v1/users/{user_id}/sessions',
      'delete /api/v1/users/{user_id}/sessions/{session_id}',
      'get /api/v1/users/{user_id}/devices',
      'patch /api/v1/users/{user_id}/devices/{device_id}',
      'delete /api/v1/users/{user_id}/devices/{device_id}',
      'get /api/v1/forward-auth',
      'get /api/v1/admin/sessions',
      'delete /api/v1/admin/sessions/{session_id}',
      'delete /api/v1/admin/users/{user_id}/sessions',
      'get /api/v1/admin/users/{user_id}/devices',
      'delete /api/v1/admin/users/{user_id}/devices/{device_id}',
      'get /api/v1/admin/totals',
      'get /api/v1/admin/findings',
      'get /api/v1/admin/audit',
      'get /api/v1/admin/audit/verification',
      'get /api/v1/admin/policy',
      'get /api/v1/admin/cut-offs',
      'post /api/v1/admin/cut-offs',
      'post /api/v1/admin/users/{user_id}/disable',
      'post /api/v1/admin/users/{user_id}/enable',
      'get /healthz',
      'get /readyz',
    ]) {
      expect(operations).toContain(operation)
    }
    const admin = paths['/api/v1/admin/totals']?.['get']?.responses ?? {}
    expect(Object.keys(admin)).toEqual(expect.arrayContaining(['200', '401', '403', '503']))
  })

  it('says of each body its schema, and nothing that is no word of OpenAPI', () => {
    const { paths } = temporary.api.openApiDocument() as {
      paths: Record<
        string,
        Record<string, { responses: Record<string, { content?: Record<string, object> }> }>
      >
    }
    const answers = Object.values(paths).flatMap((methods) =>
      Object.values(methods).flatMap(({ responses }) => Object.values(responses)),
    )
    const bodies = answers.flatMap(({ content = {} }) => Object.values(content))
    expect(new Set(bodies.flatMap((body) => Object.keys(body)))).toEqual(new Set(['schema']))
  })

  it('knows every route of the API that answers', () => {
    const document = JSON.stringify(temporary.api.openApiDocument())
    expect(document).not.toContain('/metrics')
    expect(document).not.toContain('/docs')
  })
})

describe('health', () => {
  it('is told by /healthz and /readyz', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' })
    expect(await (await get('/readyz')).json()).toEqual({ status: 'ok' })
  })

  it('is 503 with Retry-After at /readyz while the database is away; /healthz and /metrics go on', async () => {
    await using other = await temporaryProgram()
    await other.program.close()
    const ready = await other.send('GET', '/readyz')
    expect(ready.status).toBe(503)
    expect(ready.headers.get('retry-after')).not.toBeNull()
    expect((await other.send('GET', '/healthz')).status).toBe(200)
    const metrics = await (await other.send('GET', '/metrics')).text()
    expect(metrics).toContain('latchkey_storage_up 0')
    // A counter that went to 0 and came back would be taken for that many new sessions.
    expect(metrics).not.toMatch(/^latchkey_(?:sessions|cleanup)_\w+(?:\{.*\})? /m)
  })
})

describe('metrics', () => {
  it('are those that docs/metrics.md names, of the same kinds, and no other', async () => {
    const text = await (await get('/metrics')).text()
    const exported = [...text.matchAll(/^# TYPE (latchkey_\w+) (\w+)$/gm)].map(
      ([, name, kind]) => `${name} ${kind}`,
    )
    const page = await readFile(new URL('../../../../docs/metrics.md', import.meta.url), 'utf8')
    const documented = [...page.matchAll(/^\| `(latchkey_\w+)` \| (\w+) \|/gm)].map(
      ([, name, kind]) => `${name} ${kind}`,
    )
    expect(documented.sort()).toEqual(exported.sort())
  })

  it('have the documented names, and routes by their pattern', async () => {
    const { sessions } = temporary.program
    const { session, token } = await sessions.createSession({ userId: '42' })
    await temporary.send('GET', '/api/v1/security/sessions', {
      headers: { Authorization: `Bearer ${token}` },
    })
    await temporary.send('BREW', '/api/v1/security/sessions')
    await sessions.invalidateSession(session.id)
    const response = await get('/metrics')
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=/)
    const text = await response.text()
    for (const line of [
      'latchkey_sessions_active 0',
      'latchkey_sessions_created_total 1',
      'latchkey_sessions_ended_total{reason="revoked"} 1',
      'latchkey_sessions_ended_total{reason="idle-timeout"} 0',
      'latchkey_cleanup_backlog 0',
      'latchkey_cleanup_last_run_age_seconds -1',
      'latchkey_session_verifications_total{outcome="active"} 1',
      'latchkey_http_requests_total{method="GET",route="/api/v1/security/sessions",status="200"} 1',
      'latchkey_http_request_duration_seconds_count{method="GET",route="/api/v1/security/sessions"} 1',
      'latchkey_storage_up 1',
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_seconds',
    ]) {
      expect(text).toContain(line)
    }
    expect(text).not.toContain('BREW')
    expect(text).not.toContain(token)
  })
})

describe('the reference page', () => {
  it('has nothing inline, and everything that it names is served by the program', async () => {
    const page = await (await get('/docs')).text()
    expect(page).not.toMatch(/<script>|<style|style=|https?:/)
    const named = [...page.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(([, path]) => path ?? '')
    expect(named).toHaveLength(5)
    for (const path of named) expect((await get(path)).status).toBe(200)
    expect(await (await get('/docs/%2e%2e%2fpackage.json')).text()).not.toContain('"version"')
    expect((await get('/docs/unknown.js')).headers.get('content-type')).not.toContain('javascript')
  })
})
