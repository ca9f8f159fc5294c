import { hours, minutes } from 'latchkey'
import { expect, type MockInstance, vi } from 'vitest'
import { serviceKey } from '../../running-program.ts'
import { cookieName } from '../ask.ts'
import { endpointsOf } from '../documented-endpoints.ts'
import { inParallel } from '../in-parallel.ts'
import { newUser } from '../new-names.ts'
import type { SecurityCase } from '../security-case.ts'
import { askAsService, currentSession, expectOver, newSession, ownSessions } from '../sessions-of-store.ts'
import { timedProgram } from '../timed-program.ts'

/** The last of what broke elsewhere: ids in odd places, what mints sessions, errors of others, several cut-offs. */
export const latestRegressionCases: readonly SecurityCase[] = [
  {
    name: 'regression 27: an id is looked at before anything is read by it: paths, statements and patterns in its place are nobody’s',
    async run(store) {
      await using timed = await timedProgram(store)
      const { sessions, storage } = timed.program()
      const { token, session } = await sessions.createSession({ userId: newUser() })
      await timed.statusOf(token)
      const reads = spiesOf(storage.sessions)
      for (const id of oddIds) {
        const path = `${ownSessions}/${encodeURIComponent(id)}`
        const answer = await timed.send({ method: 'DELETE', path, session: token })
        expect([400, 404], id).toContain(answer.status)
        const odd = await timed.send({
          path: currentSession,
          session: encodeURIComponent(`${id}.${token.slice(29)}`),
        })
        expect(odd.status, id).toBe(401)
        expect(await sessions.verifySession(`${id}.${token.slice(29)}`)).toMatchObject({ reason: 'unknown' })
      }
      for (const read of reads) {
        const ids = JSON.stringify(read.mock.calls)
        for (const id of oddIds) expect(ids).not.toContain(JSON.stringify(id).slice(1, -1))
        read.mockRestore()
      }
      expect((await sessions.getSession(session.id))?.isActive).toBe(true)
    },
  },
  {
    name: 'regression 28: what a browser keeps after its session ended mints no new one: its device is known again only by a sign-in, and no path gives a session for it [ASVS 7.4.1] [ASVS 7.6.2]',
    async run(store) {
      const made = await askAsService(store, 'POST', '/api/v1/sessions', {
        user_id: newUser(),
        device_tokens: [],
      })
      const { token, device_token: device, session } = made.body
      await askAsService(store, 'DELETE', `/api/v1/users/${session.user_id}/sessions`)
      const cookie = `${cookieName}=${token}; ${cookieName}-device=${device}; remember_token=${token}; remember-me=${device}`
      const { body: document } = await store.ask({ path: '/openapi.json' })
      for (const { method, path, schemes } of endpointsOf(document)) {
        const body = method === 'GET' ? {} : { body: { token: device, device_token: device } }
        const answer = await store.ask({ method, path, cookie, ...body })
        if (schemes.length > 0) expect(answer.status, `${method} ${path}`).toBe(401)
        expect(answer.sessionToken, `${method} ${path}`).toBeNull()
      }
      await expectOver(store, token)
      const list = await askAsService(store, 'GET', `/api/v1/users/${session.user_id}/sessions`)
      expect(list.body.sessions).toEqual([])
    },
  },
  {
    name: 'regression 30: of hundreds of errors at once each tells of its own request alone [ASVS 16.5.1]',
    async run(store) {
      const { token } = await newSession(store)
      const seen = new Set<unknown>()
      await inParallel([...Array(400).keys()], 64, async (index) => {
        const marker = `marker-${index}-${process.pid}`
        const asked = [
          { path: `/api/v1/${marker}`, session: token },
          {
            method: 'POST',
            path: '/api/v1/sessions',
            bearer: serviceKey,
            body: { user_id: 'a', [marker]: 1, amr: marker },
          },
          { method: 'POST', path: '/api/v1/auth/login', body: { email: marker } },
          { method: 'PATCH', path: `/api/v1/security/devices/${marker}`, session: token, body: { name: 7 } },
          { path: currentSession, session: marker },
        ]
        const answer = await store.ask({
          ...(asked[index % asked.length] ?? { path: '/' }),
          node: index % 2 === 0 ? 0 : 1,
        })
        expect(answer.status, answer.text).toBeGreaterThanOrEqual(400)
        expect(answer.status, answer.text).toBeLessThan(500)
        expect(answer.body.request_id).toBe(answer.headers['x-request-id'])
        for (const [named] of answer.text.matchAll(/marker-[\d-]+/g)) expect(named).toBe(marker)
        seen.add(answer.body.request_id)
      })
      expect(seen.size).toBe(400)
    },
  },
  {
    name: 'regression 18: of cut-offs for a user, a device and everybody the latest holds, in whatever order they were set, in every place where sessions are read [ASVS 7.4.1] [ASVS 7.4.5]',
    async run(store) {
      for (const order of orders) {
        await using timed = await timedProgram(store)
        const { sessions } = timed.program()
        const userId = newUser()
        const made: Awaited<ReturnType<typeof sessions.createSession>>[] = []
        for (let index = 0; index < 4; index += 1) {
          const deviceTokens = made[0]?.device ? [made[0].device.token] : []
          made.push(await sessions.createSession({ userId, deviceTokens }))
          timed.clock.advance(minutes(1))
        }
        const deviceId = made[0]?.device?.id
        if (deviceId === undefined) throw new Error('The first session has a device.')
        const scopes = {
          user: { kind: 'user', userId },
          device: { kind: 'device', userId, deviceId },
          everybody: { kind: 'everybody' },
        } as const
        timed.clock.advance(hours(1))
        for (const [kind, upTo] of order)
          await sessions.setCutOff(scopes[kind], {
            notBefore: made[upTo]?.session.createdAt ?? timed.clock.now(),
          })
        const last = Math.max(...order.map(([, upTo]) => upTo))
        const listed = (await sessions.getActiveSessionsByUser(userId)).map(({ id }) => id)
        for (const [index, { session, token }] of made.entries()) {
          const isLive = index > last
          const where = `${JSON.stringify(order)} ${index}`
          expect(await timed.statusOf(token), where).toBe(isLive ? 200 : 401)
          expect((await sessions.verifySession(token)).active, where).toBe(isLive)
          expect((await sessions.getSession(session.id))?.isActive, where).toBe(isLive)
          expect(listed.includes(session.id), where).toBe(isLive)
        }
        expect(await sessions.getSessionCountByUser(userId)).toBe(made.length - 1 - last)
      }
    },
  },
]

const orders = [
  [
    ['user', 0],
    ['everybody', 2],
    ['device', 1],
  ],
  [
    ['everybody', 0],
    ['device', 2],
    ['user', 1],
  ],
  [
    ['device', 0],
    ['user', 2],
    ['everybody', 1],
  ],
  [
    ['user', 2],
    ['user', 0],
  ],
] as const

const oddIds = [
  '../../../etc/passwd',
  '..%2f..%2flatchkey.db',
  '/etc/passwd',
  "ses_' OR '1'='1",
  "'; DROP TABLE sessions; --",
  'ses_%',
  'ses_________________________',
  `SES_${'A'.repeat(24)}`,
  `ses_${'a'.repeat(23)}`,
  `ses_${'a'.repeat(24)}\n`,
  `ses_${'a'.repeat(24)}/../x`,
  '__proto__',
  'constructor',
  '*',
]

/** On each of its functions, which go on as they did. */
function spiesOf(store: object): readonly MockInstance[] {
  const all = store as Record<string, (...given: unknown[]) => unknown>
  return Object.keys(all).flatMap((name) => (typeof all[name] === 'function' ? [vi.spyOn(all, name)] : []))
}
