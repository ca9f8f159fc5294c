import { minutes } from 'latchkey'
import { expect } from 'vitest'
import { serviceKey } from '../../running-program.ts'
import { inParallel } from '../in-parallel.ts'
import { newUser } from '../new-names.ts'
import type { SecurityCase } from '../security-case.ts'
import { askAsService, newSession, ownSessions, type UserSession, verified } from '../sessions-of-store.ts'
import { type TimedProgram, timedProgram } from '../timed-program.ts'
import { twoNodes } from '../two-nodes.ts'

const actions = ['reject', 'end-oldest', 'end-least-recent'] as const

/** Too many sessions, and many at once. */
export const sessionLimitCases: readonly SecurityCase[] = [
  {
    name: 'case 31: at the limit of sessions the third sign-in is refused, or ends the oldest, or the one that was not used for longest, and the log says so [ASVS 7.1.2]',
    async run(store) {
      for (const action of actions) {
        await using timed = await timedProgram(store, {
          LATCHKEY_SESSION_LIMIT: '2',
          LATCHKEY_AT_SESSION_LIMIT: action,
        })
        const user = newUser()
        const oldest = await signedIn(timed, user)
        timed.clock.advance(minutes(10))
        const idle = await signedIn(timed, user)
        timed.clock.advance(minutes(10))
        expect(await timed.statusOf(oldest.token)).toBe(200)
        // Uses are written down some time later: at the latest now.
        await timed.reopen()
        const answer = await signIn(timed, user)
        const states = [await timed.statusOf(oldest.token), await timed.statusOf(idle.token)]
        if (action === 'reject') {
          expect(answer.status).toBe(409)
          expect(await answer.json()).toMatchObject({ code: 'session-limit-reached' })
          expect(states).toEqual([200, 200])
          continue
        }
        expect(answer.status).toBe(201)
        expect(states).toEqual(action === 'end-oldest' ? [401, 200] : [200, 401])
        const gone = action === 'end-oldest' ? oldest : idle
        const { items } = await timed
          .program()
          .sessions.listEvents({ types: ['session.ended'] }, { cursor: null, limit: 5 })
        expect(items).toMatchObject([{ reason: 'session-limit', sessionId: gone.id, userId: user }])
      }
    },
  },
  {
    name: 'case 32: of a hundred sign-ins of one user at once, on two nodes, at a limit of five, there are never more than five sessions [ASVS 7.1.2]',
    async run(store) {
      for (const action of ['reject', 'end-oldest'] as const) {
        await using both = await twoNodes(store, {
          LATCHKEY_SESSION_LIMIT: '5',
          LATCHKEY_AT_SESSION_LIMIT: action,
        })
        const [first, second] = both.nodes
        const user = newUser()
        const tokens: string[] = []
        const statuses: number[] = []
        await inParallel([...Array(100).keys()], 100, async (index) => {
          const answer = await signIn(index % 2 === 0 ? first : second, user)
          statuses.push(answer.status)
          if (answer.status === 201) tokens.push(((await answer.json()) as { token: string }).token)
          if (index % 10 === 0)
            expect(await second.program().sessions.getSessionCountByUser(user)).toBeLessThanOrEqual(5)
        })
        expect(new Set(statuses)).toEqual(new Set(action === 'reject' ? [201, 409] : [201]))
        for (const node of both.nodes) {
          expect(await node.program().sessions.getActiveSessionsByUser(user)).toHaveLength(5)
          const answers = await Promise.all(tokens.map((token) => node.statusOf(token)))
          expect(answers.filter((status) => status === 200)).toHaveLength(5)
        }
        if (action === 'reject') expect(tokens).toHaveLength(5)
      }
    },
  },
  {
    name: 'case 22: an ending of all sessions among a hundred sign-ins ends each whose sign-in was answered before it was asked for, and none that began after it was answered [ASVS 7.4.5]',
    async run(store) {
      const user = newUser()
      const [before, later]: [UserSession[], UserSession[]] = [[], []]
      let state: 'before' | 'ending' | 'later' = 'before'
      let ending: Promise<void> | null = null
      await inParallel([...Array(100).keys()], 16, async (index) => {
        if (index === 50) {
          state = 'ending'
          ending = askAsService(store, 'DELETE', `/api/v1/users/${user}/sessions`).then((answer) => {
            expect(answer.status, answer.text).toBe(200)
            state = 'later'
          })
        }
        const atStart = state
        const session = await newSession(store, { user })
        if (atStart === 'later') later.push(session)
        else if (state === 'before') before.push(session)
      })
      await ending
      later.push(await newSession(store, { user }))
      expect(before.length).toBeGreaterThan(20)
      for (const node of [0, 1] as const) {
        for (const { token } of before) expect(await verified(store, token, node)).toBe('revoked')
        for (const { token } of later) expect(await verified(store, token, node)).toBe('active')
      }
      const [survivor] = later
      const list = await store.ask({ path: ownSessions, session: survivor?.token ?? '' })
      const listed = list.body.sessions.map(({ id }: { id: string }) => id)
      for (const { id } of before) expect(listed).not.toContain(id)
    },
  },
]

function signIn(timed: TimedProgram, user: string): Promise<Response> {
  const body = { user_id: user }
  return timed.send({ method: 'POST', path: '/api/v1/sessions', bearer: serviceKey, body })
}

async function signedIn(timed: TimedProgram, user: string): Promise<UserSession> {
  const answer = await signIn(timed, user)
  const { session, token } = (await answer.json()) as { session: { id: string }; token: string }
  return { user, id: session.id, token }
}
