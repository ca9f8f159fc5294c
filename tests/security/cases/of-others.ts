import { before, hours, minutes } from 'latchkey'
import { expect } from 'vitest'
import { administrator, serviceKey } from '../../running-program.ts'
import type { Answer } from '../ask.ts'
import { newUser } from '../new-names.ts'
import { auditEntries, expectProblem } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import { alertLink, askAsService, expectAccepted, newSession, ownSessions } from '../sessions-of-store.ts'
import type { StartedStore } from '../started-store.ts'
import { timedProgram } from '../timed-program.ts'

const ownDevices = '/api/v1/security/devices'

/** What is somebody else's, and what one's own session may not do by itself. */
export const othersCases: readonly SecurityCase[] = [
  {
    name: 'case 33: what is another user’s is the same 404 as what never was, in every place that takes an id, and the audit log calls it a direct reference [ASVS 16.3.3] [ASVS 16.3.2]',
    async run(store) {
      const [mine, victim] = [await newSession(store), await newSession(store, { device_tokens: [] })]
      const device = await deviceOf(store, victim.token)
      const [noSession, noDevice] = [`ses_${'a'.repeat(24)}`, `dev_${'a'.repeat(24)}`]
      const alert = (await alertLink(store, { userId: victim.user })).slice(0, 30)
      const asked = [
        ['DELETE', (id: string) => `${ownSessions}/${id}`, victim.id, noSession],
        ['DELETE', (id: string) => `${ownDevices}/${id}`, device, noDevice],
        ['DELETE', (id: string) => `${ownDevices}/${id}/sessions`, device, noDevice],
        ['PATCH', (id: string) => `${ownDevices}/${id}`, device, noDevice],
        ['POST', (id: string) => `/api/v1/security/alerts/${id}/answer`, alert, `alr_${'a'.repeat(26)}`],
      ] as const
      const bodies = { PATCH: { name: 'mine now' }, POST: { answer: 'not-me' } }
      for (const [method, path, theirs, nobodys] of asked) {
        const body = method === 'DELETE' ? {} : { body: bodies[method] }
        const ask = (id: string) => store.ask({ method, path: path(id), session: mine.token, ...body })
        const [refused, unknown] = [await ask(theirs), await ask(nobodys)]
        for (const answer of [refused, unknown]) expectProblem(answer, 404, 'not-found')
        expect({ ...refused.body, request_id: '' }).toEqual({ ...unknown.body, request_id: '' })
        await expectDirectReference(store, refused, theirs)
      }
      await expectAccepted(store, victim.token)
      const ofHost = `/api/v1/users/${mine.user}`
      for (const path of [`${ofHost}/sessions/${victim.id}`, `${ofHost}/devices/${device}`])
        expectProblem(await askAsService(store, 'DELETE', path), 404, 'not-found')
      expect(await deviceOf(store, victim.token)).toBe(device)
    },
  },
  {
    name: 'case 33: no list, count, figure or history of one’s own holds anything of somebody else, whatever the query asks for',
    async run(store) {
      const [mine, victim] = [await newSession(store), await newSession(store, { device_tokens: [] })]
      const query = new URLSearchParams({ user_id: victim.user, user: victim.user, search: victim.user })
      const device = await deviceOf(store, victim.token)
      const alert = (await alertLink(store, { userId: victim.user })).slice(0, 30)
      const parts = ['sessions', 'sessions/count', 'sessions/analytics', 'devices', 'activity', 'alerts']
      for (const part of parts) {
        const path = `/api/v1/security/${part}?${query}`
        const answer = await store.ask({ path, session: mine.token })
        expect(answer.status, answer.text).toBe(200)
        for (const theirs of [victim.user, victim.id, device, alert])
          expect(answer.text).not.toContain(theirs)
      }
      const count = await store.ask({ path: `${ownSessions}/count?${query}`, session: mine.token })
      expect(count.body.active_sessions).toBe(1)
    },
  },
  {
    name: 'case 34: tenants are not offered, and not there: nothing that names one changes an answer, and a cursor of another list opens nothing of it',
    async run(store) {
      const admin = await store.administrator()
      const { token, user } = await newSession(store)
      await newSession(store)
      for (const path of ['/api/v1/tenants', '/api/v1/admin/tenants', '/api/v1/tenants/1/sessions'])
        expectProblem(await store.ask({ path, session: admin }), 404, 'not-found')
      const path = '/api/v1/admin/sessions?limit=1'
      const plain = await store.ask({ path, session: admin })
      const headers = { 'x-tenant-id': 'other', 'x-tenant': 'other', tenant: 'other' }
      const named = await store.ask({ path: `${path}&tenant=other&tenant_id=other`, session: admin, headers })
      expect(named.body).toEqual(plain.body)
      const audit = await store.ask({ path: '/api/v1/admin/audit?limit=1', session: admin })
      for (const cursor of [plain.body.next_cursor, audit.body.next_cursor, `${audit.body.next_cursor}A`]) {
        const activity = `/api/v1/security/activity?cursor=${encodeURIComponent(cursor)}`
        const answer = await store.ask({ path: activity, session: token })
        expect([200, 400, 422], answer.text).toContain(answer.status)
        for (const entry of answer.body.entries ?? []) expect(entry.user_id).toBe(user)
      }
    },
  },
  {
    name: 'case 35: ending other sessions a day after the last proof is refused until there is a new one; reading and signing out are not [ASVS 7.5.2] [ASVS 7.5.1]',
    async run(store) {
      await using timed = await timedProgram(store, { LATCHKEY_IDLE_TIMEOUT_SECONDS: '0' })
      const user = newUser()
      const { sessions } = timed.program()
      // The API tells how old a proof is by the machine's clock.
      timed.clock.set(before(timed.clock.now(), hours(25)))
      const { token } = await sessions.createSession({ userId: user, deviceTokens: [] })
      const other = await sessions.createSession({ userId: user, deviceTokens: [] })
      const device = other.device?.id ?? ''
      timed.clock.advance(hours(25))
      for (const [method, path] of needingProof(other.session.id, device)) {
        const body = method === 'PATCH' ? { body: { trusted_for_seconds: 60 } } : {}
        const answer = await timed.send({ method, path, session: token, ...body })
        const { code } = (await answer.json()) as { code: string }
        expect([answer.status, code], path).toEqual([403, 'reauthentication-required'])
      }
      expect(await sessions.getSessionCountByUser(user)).toBe(2)
      expect((await timed.send({ path: ownSessions, session: token })).status).toBe(200)
      const proof = { token, cause: 'reauthentication', amr: ['pwd'] }
      const path = '/api/v1/sessions/renew'
      const renewed = await timed.send({ method: 'POST', path, bearer: serviceKey, body: proof })
      const fresh = ((await renewed.json()) as { token: string }).token
      // The token before proves no more than it did.
      const old = { method: 'DELETE', path: `${ownSessions}?scope=others`, session: token }
      expect((await timed.send(old)).status).toBe(403)
      expect((await timed.send({ ...old, session: fresh })).status).toBe(200)
      expect(await sessions.getSessionCountByUser(user)).toBe(1)
      timed.clock.set(before(timed.clock.now(), hours(25)))
      const last = await sessions.createSession({ userId: user })
      timed.clock.advance(hours(25))
      const signOut = { method: 'POST', path: '/api/v1/auth/logout', session: last.token }
      expect((await timed.send(signOut)).status).toBe(200)
    },
  },
  {
    name: 'case 35: an administrator changes nothing 15 minutes after the last proof, until the password is given once more [ASVS 7.5.1] [ASVS 7.5.3]',
    async run(store) {
      await using timed = await timedProgram(store)
      const { accounts, sessions } = timed.program()
      await accounts.create({ ...administrator, role: 'admin' })
      timed.clock.set(before(timed.clock.now(), minutes(16)))
      const login = await timed.send({ method: 'POST', path: '/api/v1/auth/login', body: administrator })
      const session = cookieOf(login)
      const victim = await sessions.createSession({ userId: newUser(), deviceTokens: [] })
      timed.clock.advance(minutes(16))
      const user = `/api/v1/admin/users/${victim.session.userId}`
      const changes = [
        ['DELETE', `/api/v1/admin/sessions/${victim.session.id}`],
        ['DELETE', `${user}/sessions`],
        ['DELETE', `${user}/devices/${victim.device?.id}`],
        ['POST', `${user}/disable`],
        ['POST', `${user}/enable`],
        ['POST', '/api/v1/admin/cut-offs'],
      ] as const
      const body = { scope: 'everybody' }
      for (const [method, path] of changes)
        expect((await timed.send({ method, path, session, body })).status, path).toBe(403)
      expect(await timed.statusOf(victim.token)).toBe(200)
      expect((await timed.send({ path: '/api/v1/admin/sessions', session })).status).toBe(200)
      const path = '/api/v1/auth/reauthenticate'
      const { password } = administrator
      const wrong = await timed.send({ method: 'POST', path, session, body: { password: `${password}r` } })
      expect(wrong.status).toBe(401)
      const again = await timed.send({ method: 'POST', path, session, body: { password } })
      const [first] = changes
      const end = { method: first[0], path: first[1], session: cookieOf(again) }
      expect((await timed.send(end)).status).toBe(200)
      expect(await timed.statusOf(victim.token)).toBe(401)
    },
  },
]

function needingProof(session: string, device: string) {
  return [
    ['DELETE', ownSessions],
    ['DELETE', `${ownSessions}?scope=others`],
    ['DELETE', `${ownSessions}/${session}`],
    ['DELETE', `${ownDevices}/${device}/sessions`],
    ['DELETE', `${ownDevices}/${device}`],
    ['PATCH', `${ownDevices}/${device}`],
  ] as const
}

async function deviceOf(store: StartedStore, session: string): Promise<string> {
  const { body, text } = await store.ask({ path: `${ownSessions}/current`, session })
  expect(body.device_id, text).toMatch(/^dev_/)
  return body.device_id
}

async function expectDirectReference(store: StartedStore, answer: Answer, target: string): Promise<void> {
  const entries = async () =>
    (await auditEntries(store, { type: 'request.refused' })).filter(
      ({ request_id }) => request_id === answer.headers['x-request-id'],
    )
  await expect.poll(async () => (await entries()).length, { timeout: 5_000 }).toBe(1)
  expect((await entries())[0]).toMatchObject({
    event: 'malicious_direct_reference',
    level: 'CRITICAL',
    after: { kind: 'direct-reference', target },
  })
}

function cookieOf(answer: Response): string {
  expect(answer.status).toBe(200)
  return /^latchkey=([^;]+)/.exec(answer.headers.getSetCookie()[0] ?? '')?.[1] ?? ''
}
