import { seconds } from 'latchkey'
import { expect } from 'vitest'
import { administrator, serviceKey } from '../../running-program.ts'
import { newAddress, newUser } from '../new-names.ts'
import { auditEntries, expectRefused } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import {
  askAsService,
  currentSession,
  expectAccepted,
  expectOver,
  newSession,
  verified,
} from '../sessions-of-store.ts'
import { type TimedProgram, timedProgram } from '../timed-program.ts'

const login = { method: 'POST', path: '/api/v1/auth/login', body: administrator }
const reauthenticate = {
  method: 'POST',
  path: '/api/v1/auth/reauthenticate',
  body: { password: administrator.password },
}

/** Tokens that are replaced: at sign-in, when somebody proves more, and when it is time. */
export const renewalCases: readonly SecurityCase[] = [
  {
    name: 'case 11, regression 33: a token that the client brought to the sign-in is not the one that it leaves with, and never a valid one [ASVS 7.2.4] [NIST 5.1]',
    async run(store) {
      const brought = `ses_${'b'.repeat(24)}.${'B'.repeat(42)}A`
      const answer = await store.ask({ ...login, session: brought })
      expect(answer.status, answer.text).toBe(200)
      expect(answer.sessionToken).not.toBe(brought)
      expect(answer.sessionToken).toMatch(/^ses_[a-z2-7]{24}\.[A-Za-z0-9_-]{43}$/)
      expectRefused(await store.ask({ path: currentSession, session: brought }))
    },
  },
  {
    name: 'case 12, regression 01: signing in while signed in gives another token, and the session before is over [ASVS 7.2.4]',
    async run(store) {
      const first = (await store.ask(login)).sessionToken ?? ''
      const second = (await store.ask({ ...login, session: first })).sessionToken ?? ''
      expect(second).not.toBe(first)
      await expectOver(store, first)
      // Also that of somebody else.
      const { token } = await newSession(store)
      await store.ask({ ...login, session: token })
      await expectOver(store, token)
      await expectAccepted(store, second)
    },
  },
  {
    name: 'case 13: proving again who one is, and other roles, give a new token, and the old one ends with the overlap [ASVS 7.2.4] [ASVS 7.5.1] [NIST 5.2]',
    async run(store) {
      await using timed = await timedProgram(store, {
        LATCHKEY_ADMIN_EMAIL: administrator.email,
        LATCHKEY_ADMIN_PASSWORD: administrator.password,
      })
      await timed.program().accounts.create({ ...administrator, role: 'admin' })
      const signedIn = await tokenOf(await timed.send(login))
      const renewed = await tokenOf(await timed.send({ ...reauthenticate, session: signedIn }))
      expect(renewed).not.toBe(signedIn)
      await expectOldEnds(timed, signedIn, renewed)

      const user = await signedInUser(timed)
      const body = { token: user, cause: 'privilege-change', roles: ['admin'] }
      const changed = await timed.send({
        method: 'POST',
        path: '/api/v1/sessions/renew',
        bearer: serviceKey,
        body,
      })
      const { token, session } = (await changed.json()) as { token: string; session: { roles?: string[] } }
      expect(changed.status).toBe(200)
      expect(token, JSON.stringify(session)).not.toBe(user)
      await expectOldEnds(timed, user, token)
    },
  },
  {
    name: 'case 14: a token within the overlap, from another network, is refused where the policy binds sessions to networks [ASVS 16.3.3] [NIST 5.3]',
    async run(store) {
      await using timed = await timedProgram(store, { LATCHKEY_NETWORK_BINDING: 'end' })
      const address = '203.0.113.7'
      const { token } = await timed
        .program()
        .sessions.createSession({ userId: newUser(), ipAddress: address })
      const next = await timed.program().sessions.rotateSession(token)
      expect((await timed.send({ path: currentSession, session: token, address })).status).toBe(200)
      const elsewhere = { path: currentSession, session: token, address: newAddress() }
      expect((await timed.send(elsewhere)).status).toBe(401)
      expect((await timed.send({ path: currentSession, session: next?.token ?? '', address })).status).toBe(
        401,
      )
      const { items } = await timed
        .program()
        .sessions.listEvents({ types: ['session.ended'] }, { cursor: null, limit: 5 })
      expect(items.map(({ reason }) => reason)).toEqual(['network-change'])
    },
  },
  {
    name: 'case 15: a token that was replaced, shown after the overlap, ends the session, and the audit log calls it reuse [ASVS 10.4.5] [ASVS 16.3.3]',
    async run(store) {
      await using timed = await timedProgram(store)
      const token = await signedInUser(timed)
      const next = (await timed.program().sessions.rotateSession(token))?.token ?? ''
      expect([await timed.statusOf(token), await timed.statusOf(next)]).toEqual([200, 200])
      timed.clock.advance(seconds(31))
      expect(await timed.statusOf(next)).toBe(200)
      expect(await timed.statusOf(token)).toBe(401)
      expect(await timed.statusOf(next)).toBe(401)
      const { items } = await timed
        .program()
        .sessions.listEvents({ types: ['session.ended'] }, { cursor: null, limit: 5 })
      expect(items).toMatchObject([{ reason: 'token-reuse', actor: 'system' }])
    },
  },
  {
    name: 'case 16: of fifty rotations of one token at once, on two nodes, all bring the same successor, and there is one session [ASVS 10.4.5]',
    async run(store) {
      const { user, id, token } = await newSession(store)
      const rotations = Array.from({ length: 50 }, (_, index) =>
        askAsService(store, 'POST', '/api/v1/sessions/rotate', { token }, { node: index % 2 === 0 ? 0 : 1 }),
      )
      const answers = await Promise.all(rotations)
      expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200))
      const successors = new Set(answers.map(({ body }) => body.token as string))
      expect(successors.size).toBe(1)
      const [successor = ''] = successors
      expect(successor).not.toBe(token)
      await expectAccepted(store, successor)
      const { body } = await askAsService(store, 'GET', `/api/v1/users/${user}/sessions`)
      expect(body.sessions).toHaveLength(1)
      const entries = await auditEntries(store, { session_id: id, type: 'session.renewed' })
      expect(entries.map(({ after }) => after)).toEqual([{ cause: 'rotation' }])
    },
  },
  {
    name: 'case 15, regression 16: a token that was replaced stays refused after every node was ended and started again [ASVS 7.4.1]',
    async run(store) {
      const { token } = await newSession(store)
      const first = (await askAsService(store, 'POST', '/api/v1/sessions/rotate', { token })).body.token
      await expectAccepted(store, first)
      const second = (await askAsService(store, 'POST', '/api/v1/sessions/rotate', { token: first })).body
        .token
      await expectAccepted(store, second)
      await store.restart('SIGTERM')
      expect(await verified(store, token)).toBe('revoked')
      await expectOver(store, second)
    },
  },
]

async function tokenOf(answer: Response): Promise<string> {
  expect(answer.status, await answer.clone().text()).toBe(200)
  const [, token = ''] = /^latchkey=([^;]+)/.exec(answer.headers.getSetCookie()[0] ?? '') ?? []
  return token
}

async function signedInUser(timed: TimedProgram): Promise<string> {
  return (await timed.program().sessions.createSession({ userId: newUser() })).token
}

/** Good while requests may be on their way; afterwards whoever shows it has stolen it, or was stolen from. */
async function expectOldEnds(timed: TimedProgram, old: string, next: string): Promise<void> {
  expect(await timed.statusOf(old)).toBe(200)
  expect(await timed.statusOf(next)).toBe(200)
  timed.clock.advance(seconds(31))
  expect(await timed.statusOf(next)).toBe(200)
  expect(await timed.statusOf(old)).toBe(401)
}
