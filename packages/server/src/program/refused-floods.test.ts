import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type TemporaryProgram, temporaryProgram } from '../testing/temporary-program.ts'

// Some hundreds of requests, on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let temporary: TemporaryProgram
let live: string

beforeAll(async () => {
  temporary = await temporaryProgram()
  live = (await temporary.program.sessions.createSession({ userId: '42' })).token
})
afterAll(() => temporary[Symbol.asyncDispose]())

const unknown = `ses_aaaaaaaaaaaaaaaaaaaaaaaa.${'A'.repeat(43)}`

function ask(path: string, token: string, remoteAddress: string, method = 'GET'): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}` }
  return temporary.send(method, path, { headers, remoteAddress, ...(method === 'POST' && { body: {} }) })
}

async function guess(path: string, remoteAddress: string, method = 'GET'): Promise<number[]> {
  const statuses: number[] = []
  for (let index = 0; index < 130; index += 1) {
    statuses.push((await ask(path, unknown, remoteAddress, method)).status)
  }
  return statuses
}

describe('a source that sends many tokens that are none', () => {
  it.each([
    ['/api/v1/security/sessions', 'GET', '198.51.100.1'],
    ['/api/v1/forward-auth', 'GET', '198.51.100.2'],
    ['/api/v1/sessions/verify', 'POST', '198.51.100.3'],
    ['/api/v1/admin/totals', 'GET', '198.51.100.4'],
  ])('is told to wait at %s (%s), and everywhere else', async (path, method, address) => {
    const statuses = await guess(path, address, method)
    expect([...new Set(statuses.slice(0, 120))]).toEqual([401])
    expect([...new Set(statuses.slice(121))]).toEqual([429])
    const elsewhere = await ask('/api/v1/security/sessions/current', unknown, address)
    expect(elsewhere.status).toBe(429)
    expect(Number(elsewhere.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(elsewhere.headers.get('cache-control')).toBe('no-store')
  })

  it('may use a session that is good all the same, and others are not told to wait', async () => {
    await guess('/api/v1/security/sessions', '198.51.100.9')
    expect((await ask('/api/v1/security/sessions', live, '198.51.100.9')).status).toBe(200)
    expect((await ask('/api/v1/forward-auth', live, '198.51.100.9')).status).toBe(200)
    expect((await ask('/api/v1/security/sessions', unknown, '198.51.100.10')).status).toBe(401)
  })

  it('is one for a network of IPv6, and stands once in the audit log without its address', async () => {
    const { sessions } = temporary.program
    for (let index = 0; index < 130; index += 1) {
      await ask('/api/v1/security/sessions', unknown, `2001:db8:77::${index.toString(16)}`)
    }
    expect((await ask('/api/v1/security/sessions', unknown, '2001:db8:77::ffff')).status).toBe(429)
    expect((await ask('/api/v1/security/sessions', unknown, '2001:db8:78::1')).status).toBe(401)
    const source = temporary.program.nameSource('2001:db8:77::1')
    await vi.waitFor(async () => {
      const { items } = await sessions.listEvents(
        { types: ['rate-limit.exceeded'] },
        { cursor: null, limit: 100 },
      )
      const ofSource = items.filter(({ after }) => after?.['source'] === source)
      expect(ofSource).toMatchObject([
        { after: { limit: 'refused-credentials', refused: 120 }, actor: 'system' },
      ])
      expect(JSON.stringify(items)).not.toMatch(/2001:db8|198\.51/)
    })
  })

  it('shows in the metrics', async () => {
    const text = await (await temporary.send('GET', '/metrics')).text()
    expect(text).toMatch(/latchkey_rate_limits_exceeded_total\{limit="refused-credentials"\} [1-9]/)
    expect(text).toMatch(/latchkey_refused_credentials_total\{reason="throttled"\} [1-9]/)
    expect(text).toMatch(/latchkey_refused_credentials_total\{reason="api-key"\} 12\d/)
    expect(text).toMatch(/latchkey_session_renewals_total\{cause="rotation"\} 0/)
    expect(text).toMatch(/latchkey_audit_positions_unlinked \d/)
  })
})
