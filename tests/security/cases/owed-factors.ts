import { minutes } from 'latchkey'
import { expect } from 'vitest'
import { serviceKey } from '../../running-program.ts'
import { newUser } from '../new-names.ts'
import type { SecurityCase } from '../security-case.ts'
import { currentSession, newSession, ownSessions } from '../sessions-of-store.ts'
import type { TimedProgram } from '../timed-program.ts'
import { twoNodes } from '../two-nodes.ts'

/** What was proved, and what is still owed. */
export const owedFactorCases: readonly SecurityCase[] = [
  {
    name: 'case 47: a session that owes a factor is refused through every cache and by every node, before and after others of its user were let in, and is over after ten minutes [ASVS 7.5.3] [ASVS 16.5.3]',
    async run(store) {
      for (const LATCHKEY_CACHE of ['memory', 'none']) {
        await using both = await twoNodes(store, { LATCHKEY_CACHE })
        const [first, second] = both.nodes
        const user = newUser()
        const { sessions } = first.program()
        const whole = await sessions.createSession({ userId: user, amr: ['pwd', 'otp'] })
        const [pending, late] = [await pendingSession(first, user), await pendingSession(first, user)]
        for (const node of [first, second, first, second]) {
          expect(await node.statusOf(whole.token)).toBe(200)
          await expectOwing(node, pending)
        }
        const body = { token: pending, cause: 'factor', amr: ['otp'] }
        const path = '/api/v1/sessions/renew'
        const completed = await second.send({ method: 'POST', path, bearer: serviceKey, body })
        const { token, session } = (await completed.json()) as { token: string; session: object }
        expect(session).toMatchObject({ is_pending: false, assurance_level: 'aal2' })
        for (const node of both.nodes) {
          expect([await node.statusOf(token), await node.statusOf(pending)]).toEqual([200, 401])
          node.clock.advance(minutes(11))
        }
        for (const node of both.nodes)
          expect([await node.statusOf(token), await node.statusOf(late)]).toEqual([200, 401])
        const tooLate = { token: late, cause: 'factor', amr: ['otp'] }
        const answer = await first.send({ method: 'POST', path, bearer: serviceKey, body: tooLate })
        expect(answer.status).toBe(404)
      }
    },
  },
  {
    name: 'case 48, regression 29: the assurance level counts factors that are distinct: one twice, or two of one kind, is the first level [ASVS 16.3.1] [NIST 2.2.3]',
    async run(store) {
      for (const [amr, level] of levels) {
        const { token } = await newSession(store, { amr })
        const { body } = await store.ask({ path: currentSession, session: token })
        expect([amr.join(), body.assurance_level]).toEqual([amr.join(), level])
      }
    },
  },
  {
    name: 'case 48, regression 29: proving the same factor once more raises no level, and proving another does',
    async run(store) {
      const { token } = await newSession(store, { amr: ['otp'], pending: true })
      const path = '/api/v1/sessions/renew'
      const renew = async (present: string, body: object) => {
        const sent = { token: present, ...body }
        const answer = await store.ask({ method: 'POST', path, bearer: serviceKey, body: sent })
        expect(answer.status, answer.text).toBe(200)
        return answer.body as { token: string; session: { assurance_level: string } }
      }
      const same = await renew(token, { cause: 'factor', amr: ['otp'] })
      expect(same.session.assurance_level).toBe('aal1')
      const kindred = await renew(same.token, { cause: 'reauthentication', amr: ['sms'] })
      expect(kindred.session.assurance_level).toBe('aal1')
      const raised = await renew(kindred.token, { cause: 'reauthentication', amr: ['otp', 'pwd'] })
      expect(raised.session.assurance_level).toBe('aal2')
    },
  },
]

const levels: readonly (readonly [readonly string[], string | null])[] = [
  [[], null],
  [['pwd'], 'aal1'],
  [['pwd', 'pwd'], 'aal1'],
  [['pwd', 'pin'], 'aal1'],
  [['pwd', 'kba'], 'aal1'],
  [['otp', 'otp'], 'aal1'],
  [['otp', 'sms'], 'aal1'],
  [['sms', 'tel'], 'aal1'],
  [['face', 'fpt'], 'aal1'],
  [['pwd', 'invented'], 'aal1'],
  [['PWD', 'OTP'], 'aal1'],
  [['pwd', 'geo', 'rba', 'user'], 'aal1'],
  [['pwd', 'otp'], 'aal2'],
  [['pwd', 'sms'], 'aal2'],
  [['mfa'], 'aal2'],
  [['hwk', 'pin'], 'aal3'],
  [['hwk', 'fpt'], 'aal3'],
  [['sc', 'pin'], 'aal3'],
]

async function pendingSession(node: TimedProgram, user: string): Promise<string> {
  const body = { user_id: user, amr: ['pwd'], pending: true }
  const answer = await node.send({ method: 'POST', path: '/api/v1/sessions', bearer: serviceKey, body })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { token: string }).token
}

async function expectOwing(node: TimedProgram, token: string): Promise<void> {
  for (const path of [currentSession, ownSessions, '/api/v1/security/activity', `${ownSessions}/events`]) {
    for (const way of [{ session: token }, { bearer: token }]) {
      const answer = await node.send({ path, ...way })
      expect([path, answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        path,
        403,
        'factor-required',
      ])
    }
  }
  const forwarded = await node.send({ path: '/api/v1/forward-auth', session: token })
  expect([401, 403]).toContain(forwarded.status)
  expect(forwarded.headers.get('x-latchkey-user')).toBeNull()
  const body = { token }
  const path = '/api/v1/sessions/verify'
  const verified = await node.send({ method: 'POST', path, bearer: serviceKey, body })
  expect(await verified.json()).toEqual({ active: false, reason: 'pending' })
  expect(await node.program().sessions.verifySession(token)).toEqual({ active: false, reason: 'pending' })
}
