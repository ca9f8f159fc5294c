import { LatchkeyError } from 'latchkey'
import { expect, vi } from 'vitest'
import { administrator, serviceKey } from '../../running-program.ts'
import { newUser } from '../new-names.ts'
import { auditEntries } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import {
  askAsService,
  currentSession,
  expectAccepted,
  expectOver,
  newSession,
  ownSessions,
} from '../sessions-of-store.ts'
import { timedProgram } from '../timed-program.ts'

/** What is written down: the policy that is in force, and what happened. */
export const policyAndLogCases: readonly SecurityCase[] = [
  {
    name: 'the policy that is in force says every timeout, the limit of sessions, and which levels of NIST it meets and why not [ASVS 7.1.1] [ASVS 7.1.2] [NIST 2.1.3] [NIST 2.2.3] [NIST 2.3.3] [NIST 5.2]',
    async run(store) {
      const session = await store.administrator()
      const { body, status, text } = await store.ask({ path: '/api/v1/admin/policy', session })
      expect(status, text).toBe(200)
      const terms = new Map(
        body.terms.map((term: { name: string; value: unknown }) => [term.name, term.value]),
      )
      expect(terms.get('absolute_lifetime_seconds')).toBe(30 * 86_400)
      expect(terms.get('idle_timeout_seconds')).toBe(7 * 86_400)
      expect(terms.has('session_limit')).toBe(true)
      expect(body.at_session_limit).toMatch(/^(reject|end-oldest|end-least-recent)$/)
      const levels = new Map(
        body.meets.map((one: { level: string; met: boolean; why: string }) => [one.level, one]),
      )
      expect(levels.get('aal1')).toMatchObject({ met: true })
      expect(levels.get('aal2')).toMatchObject({ met: false, why: expect.stringMatching(/24|hour|86/) })
      const presets = new Map(body.presets.map((one: { name: string; terms: unknown }) => [one.name, one]))
      for (const name of ['nist-aal1', 'nist-aal2', 'nist-aal3', 'pci', 'owasp-high'])
        expect(JSON.stringify(presets.get(name)), name).toMatch(/"source":"[^"]+"/)
    },
  },
  {
    name: 'users and administrators end one session, all of a user, and everybody’s, and the log says who did [ASVS 7.4.5] [ASVS 7.5.2] [ASVS 10.4.9] [ASVS 16.2.1] [ASVS 16.2.2] [ASVS 16.2.4]',
    async run(store) {
      const admin = { session: await store.administrator() }
      const user = newUser()
      const sessions = await Promise.all([0, 1, 2].map(() => newSession(store, { user })))
      const [one, two] = sessions
      await store.ask({ method: 'DELETE', path: `/api/v1/admin/sessions/${one?.id}`, ...admin })
      await expectOver(store, one?.token ?? '')
      await expectAccepted(store, two?.token ?? '')
      await store.ask({ method: 'DELETE', path: `/api/v1/admin/users/${user}/sessions`, ...admin })
      for (const { token } of sessions) await expectOver(store, token)
      const entries = await auditEntries(store, { user_id: user, type: 'session.ended' })
      expect(entries).toHaveLength(3)
      for (const entry of entries) {
        expect(entry).toMatchObject({
          actor: expect.stringMatching(/^admin:/),
          reason: 'revoked',
          user_id: user,
        })
        expect(entry).toMatchObject({
          request_id: expect.stringMatching(/^req_/),
          level: 'INFO',
          event: 'session_expired',
        })
        expect(entry).toHaveProperty('at', expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/))
      }
    },
  },
  {
    name: 'sign-ins that succeed and that fail are in the log, with how and without passwords or addresses [ASVS 16.3.1] [ASVS 16.2.3] [ASVS 16.2.5]',
    async run(store) {
      const login = (password: string, address: string) =>
        store.ask({
          method: 'POST',
          path: '/api/v1/auth/login',
          body: { ...administrator, password },
          address,
        })
      const wrong = 'a password that nobody has'
      const [failed, succeeded] = [
        await login(wrong, '203.0.113.45'),
        await login(administrator.password, '203.0.113.46'),
      ]
      for (const [answer, type] of [
        [failed, 'sign-in.failed'],
        [succeeded, 'sign-in.succeeded'],
      ] as const) {
        const of = async () =>
          (await auditEntries(store, { type })).filter(
            (one) => one.request_id === answer.headers['x-request-id'],
          )
        await expect.poll(async () => (await of()).length, { timeout: 5_000 }).toBe(1)
        if (type === 'sign-in.succeeded') expect(JSON.stringify(await of())).toContain('pwd')
      }
      const all = JSON.stringify(await auditEntries(store, {}))
      for (const secret of [wrong, administrator.password, serviceKey, '203.0.113.45', '203.0.113.46'])
        expect(all + store.output()).not.toContain(secret)
    },
  },
  {
    name: 'who may not do something is refused, and the log says so [ASVS 16.3.2]',
    async run(store) {
      const { token } = await newSession(store)
      const answer = await store.ask({ path: '/api/v1/admin/sessions', session: token })
      expect(answer.status).toBe(403)
      const refused = async () =>
        (await auditEntries(store, { type: 'request.refused' })).filter(
          ({ request_id, after }) =>
            request_id === answer.headers['x-request-id'] && after?.['kind'] === 'forbidden',
        )
      await expect.poll(async () => (await refused()).length, { timeout: 5_000 }).toBe(1)
    },
  },
  {
    name: 'an entry of the log that was altered in the database is found by the check of its chain [ASVS 16.4.2]',
    async run(store) {
      const settings = await store.newDatabase()
      const verify = async (words: readonly string[] = []) =>
        store.command(settings, ['audit', 'verify', ...words])
      await store.command(settings, ['users', 'create', '--email', 'a@example.com', '--role', 'user'])
      await store.command(settings, ['users', 'disable', 'somebody'])
      await store.command(settings, ['users', 'enable', 'somebody'])
      expect(await verify()).toMatchObject({ status: 0 })
      await store.execute(
        settings,
        `UPDATE ${store.eventTable} SET actor = 'system' WHERE type = 'cut-off.set'`,
      )
      const { status, stdout, stderr } = await verify()
      expect(status).toBe(1)
      expect(stdout + stderr).toMatch(/changed|alter|does not hold/i)
    },
  },
  {
    name: 'every attempt that a log may hold is one line of JSON, whatever the request says [ASVS 16.4.1] [ASVS 16.4.3] [ASVS 16.1.1]',
    async run(store) {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how some logs are attacked
      const odd = '\u001b[31m${jndi:ldap://x}|CEF=\u00ff\r\n{"level":60}'
      await newSession(store, { user_agent: odd, device_info: { browser: odd } })
      await store.ask({ path: `/nowhere/${encodeURIComponent(odd)}?${encodeURIComponent(odd)}` })
      await store.ask({ path: '/nowhere', headers: { 'user-agent': odd.slice(5, 26) } })
      const lines = store
        .output()
        .split('\n')
        .filter((line) => line.startsWith('{'))
      expect(lines.length).toBeGreaterThan(10)
      for (const line of lines) expect(() => JSON.parse(line)).not.toThrow()
      expect(lines.filter((line) => JSON.parse(line).level === 60)).toEqual([])
    },
  },
  {
    name: 'while the storage cannot be reached nobody is let in and nobody is signed out, and the log says why [ASVS 16.5.2] [ASVS 16.5.3] [ASVS 16.3.4]',
    async run(store) {
      await using timed = await timedProgram(store, { LATCHKEY_CACHE: 'none' })
      const { token } = await timed.program().sessions.createSession({ userId: newUser() })
      const away = new LatchkeyError('storage-unavailable', 'The storage is away.')
      const find = vi.spyOn(timed.program().storage.sessions, 'find').mockRejectedValue(away)
      for (const path of [currentSession, '/api/v1/forward-auth']) {
        const answer = await timed.send({ path, session: token })
        expect([answer.status, answer.headers.has('retry-after')]).toEqual([503, true])
        expect(answer.headers.getSetCookie()).toEqual([])
      }
      expect(timed.logLines.some((line) => line.includes('storage-unavailable'))).toBe(true)
      find.mockRestore()
      expect(await timed.statusOf(token)).toBe(200)
    },
  },
  {
    name: 'a list of one’s sessions needs no new proof, and every session can be ended from it [ASVS 7.5.2] [NIST 5.1.2]',
    async run(store) {
      const one = await newSession(store)
      const other = await newSession(store, { user: one.user })
      const list = await store.ask({ path: ownSessions, session: one.token })
      expect(list.body.sessions.map(({ id }: { id: string }) => id).sort()).toEqual([one.id, other.id].sort())
      await store.ask({ method: 'DELETE', path: `${ownSessions}/${other.id}`, session: one.token })
      await expectOver(store, other.token)
      expect(
        (await askAsService(store, 'GET', `/api/v1/users/${one.user}/sessions/count`)).body.active_sessions,
      ).toBe(1)
    },
  },
]
