import { minutes, type Session } from 'latchkey'
import { guardSocket } from 'latchkey/http'
import { expect } from 'vitest'
import { openEventStream } from '../event-stream.ts'
import { newUser } from '../new-names.ts'
import { expectProblem, expectRefused } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import {
  askAsService,
  currentSession,
  expectAccepted,
  expectOver,
  newSession,
  ownSessions,
  type UserSession,
  verified,
} from '../sessions-of-store.ts'
import type { StartedStore } from '../started-store.ts'
import { timedProgram } from '../timed-program.ts'

const unknownId = `ses_${'a'.repeat(24)}`

/** Sessions that end, and everything that might bring one back. */
export const endingCases: readonly SecurityCase[] = [
  {
    name: 'case 17, regressions 04 and 25: after signing out, a copy of the cookie is refused by every node [ASVS 7.4.1] [NIST 5.1]',
    async run(store) {
      const { token } = await newSession(store)
      await expectAccepted(store, token)
      const answer = await store.ask({ method: 'POST', path: '/api/v1/auth/logout', session: token })
      expect(answer.status).toBe(200)
      await expectOver(store, token)
    },
  },
  {
    name: 'case 18, regression 21: a request that held the session while it ended brings nothing back when it notes its use [ASVS 7.4.1]',
    async run(store) {
      await using timed = await timedProgram(store)
      const { session, token } = await timed.program().sessions.createSession({ userId: newUser() })
      timed.clock.advance(minutes(5))
      const slow = Array.from({ length: 20 }, () => timed.program().sessions.verifySession(token))
      await timed.program().sessions.invalidateSession(session.id)
      await Promise.all(slow)
      expect(await timed.statusOf(token)).toBe(401)
      // What was noted is written at the latest now.
      await timed.reopen()
      expect(await timed.statusOf(token)).toBe(401)
      expect((await timed.program().sessions.getSession(session.id))?.isActive).toBe(false)
    },
  },
  {
    name: 'case 19, regression 06: a session that another node knows by heart is refused there the moment its end is confirmed [ASVS 7.4.1]',
    async run(store) {
      const sessions = await Promise.all(Array.from({ length: 20 }, () => newSession(store)))
      for (const session of sessions) {
        for (let visit = 0; visit < 3; visit += 1)
          expect(
            (await store.ask({ path: '/api/v1/forward-auth', session: session.token, node: 1 })).status,
          ).toBe(200)
        await endInOneWay(store, session, sessions.indexOf(session))
        expectRefused(await store.ask({ path: '/api/v1/forward-auth', session: session.token, node: 1 }))
        expect(await verified(store, session.token, 1)).toBe('revoked')
      }
    },
  },
  {
    name: 'case 20, regression 16: what has ended stays so after every node was killed and started again [ASVS 7.4.1]',
    async run(store) {
      const [over, live] = [await newSession(store), await newSession(store)]
      await expectAccepted(store, over.token)
      await endInOneWay(store, over, 1)
      await store.restart('SIGKILL')
      await expectOver(store, over.token)
      await expectAccepted(store, live.token)
    },
  },
  {
    name: 'case 21: ending twice is no error, and an unknown session, one of somebody else and one of another user of the same host are not told apart',
    async run(store) {
      const [mine, foreign] = [await newSession(store), await newSession(store)]
      const { token: other } = await newSession(store, { user: mine.user })
      const end = (id: string) =>
        store.ask({ method: 'DELETE', path: `${ownSessions}/${id}`, session: other })
      expect([(await end(mine.id)).body.revoked, (await end(mine.id)).body.revoked]).toEqual([true, false])
      const [unknown, ofSomebodyElse] = [await end(unknownId), await end(foreign.id)]
      for (const answer of [unknown, ofSomebodyElse]) expectProblem(answer, 404, 'not-found')
      expect({ ...unknown.body, request_id: '' }).toEqual({ ...ofSomebodyElse.body, request_id: '' })
      const byService = (id: string) =>
        askAsService(store, 'DELETE', `/api/v1/users/${mine.user}/sessions/${id}`)
      expectProblem(await byService(unknownId), 404, 'not-found')
      expectProblem(await byService(foreign.id), 404, 'not-found')
      await expectAccepted(store, foreign.token)
    },
  },
  {
    name: 'case 24, regression 24: ending all others, or all, needs nothing that is optional, and misses none [ASVS 7.4.3] [ASVS 7.5.2]',
    async run(store) {
      const current = await newSession(store)
      const others = await Promise.all([0, 1, 2].map(() => newSession(store, { user: current.user })))
      const path = `${ownSessions}?scope=others`
      const answer = await store.ask({ method: 'DELETE', path, session: current.token })
      expect(answer.body, answer.text).toMatchObject({ revoked_count: 3, current: 'kept' })
      for (const { token } of others) await expectOver(store, token)
      await expectAccepted(store, current.token)
      const all = await askAsService(store, 'DELETE', `/api/v1/users/${current.user}/sessions`)
      expect(all.body).toMatchObject({ revoked_count: 1 })
      await expectOver(store, current.token)
    },
  },
  {
    name: 'case 25, regression 32: an open event stream is closed when its session ends, also on another node [ASVS 7.4.1]',
    async run(store) {
      for (const way of [0, 1, 2]) {
        const session = await newSession(store)
        const stream = await openEventStream(`${store.urls()[1]}${ownSessions}/events`, session.token)
        await endInOneWay(store, session, way)
        // Rejects where it is still open then: without the event, it would be for as long as the session lasts.
        await stream.closed(30_000)
        expectRefused(await store.ask({ path: currentSession, session: session.token }))
      }
    },
  },
  {
    name: 'case 25, regression 32: a guarded WebSocket is closed with 4001 when its session ends or its user is disabled [ASVS 7.4.1]',
    async run(store) {
      await using timed = await timedProgram(store)
      const { sessions } = timed.program()
      const ends = [
        ({ id }: Session) => sessions.invalidateSession(id),
        ({ userId }: Session) => sessions.disableUser(userId),
        ({ userId }: Session) => sessions.invalidateAllUserSessions(userId),
      ]
      for (const end of ends) {
        const { session } = await sessions.createSession({ userId: newUser() })
        const codes: number[] = []
        const socket = { close: (code: number) => codes.push(code), addEventListener: () => {} }
        const stop = guardSocket(sessions, { session }, socket)
        await end(session)
        await expect.poll(() => codes, { timeout: 5_000 }).toEqual([4001])
        stop()
      }
    },
  },
]

/** By the user, by a host back end, by the administrator; by signing out, one, or all. */
export async function endInOneWay(store: StartedStore, session: UserSession, way: number): Promise<void> {
  const { user, id, token } = session
  const answers = [
    () => store.ask({ method: 'POST', path: '/api/v1/auth/logout', session: token }),
    () => askAsService(store, 'DELETE', `/api/v1/users/${user}/sessions/${id}`),
    async () =>
      store.ask({
        method: 'DELETE',
        path: `/api/v1/admin/sessions/${id}`,
        session: await store.administrator(),
      }),
    () => store.ask({ method: 'DELETE', path: `${ownSessions}/${id}`, bearer: token }),
    () => store.ask({ method: 'DELETE', path: ownSessions, session: token }),
    () => askAsService(store, 'DELETE', `/api/v1/users/${user}/sessions`),
    () => askAsService(store, 'POST', `/api/v1/users/${user}/cut-off`, {}),
  ]
  const answer = await answers[way % answers.length]?.()
  expect(answer?.status, answer?.text).toBe(200)
}
