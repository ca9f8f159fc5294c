import { type CreatedSession, type Instant, instantOf, type Session, seconds } from 'latchkey'
import { expect } from 'vitest'
import { serviceKey } from '../../running-program.ts'
import { inParallel } from '../in-parallel.ts'
import { newUser } from '../new-names.ts'
import { expectProblem } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import { askAsService, expectAccepted, expectOver, newSession, verified } from '../sessions-of-store.ts'
import type { StartedStore } from '../started-store.ts'
import { type TimedProgram, timedProgram } from '../timed-program.ts'

/** Everything of a user, or of everybody, that there was until now. */
export const cutOffCases: readonly SecurityCase[] = [
  {
    name: 'case 22: a cut-off among a hundred sign-ins ends every session that was created until then, and no later one [ASVS 7.4.5]',
    async run(store) {
      const user = newUser()
      const created: { readonly token: string; readonly createdAt: string }[] = []
      let cut: Promise<string> | null = null
      await inParallel([...Array(100).keys()], 16, async (index) => {
        if (index === 50) cut = cutOff(store, user)
        const node = index % 2 === 0 ? 0 : 1
        const signIn = () => askAsService(store, 'POST', '/api/v1/sessions', { user_id: user }, { node })
        let answer = await signIn()
        // One that the cut-off overtakes is asked to come again.
        while (answer.status === 503 && answer.headers['retry-after'] !== undefined) answer = await signIn()
        expect(answer.status, answer.text).toBe(201)
        created.push({ token: answer.body.token, createdAt: answer.body.session.created_at })
      })
      const notBefore = await (cut ?? cutOff(store, user))
      expect(created.filter(({ createdAt }) => createdAt <= notBefore).length).toBeGreaterThan(0)
      for (const { token, createdAt } of created) {
        const wanted = createdAt > notBefore ? 'active' : 'revoked'
        for (const node of [0, 1] as const) expect(await verified(store, token, node), createdAt).toBe(wanted)
      }
    },
  },
  {
    name: 'case 22, regression 18: of the cut-offs of a user and of everybody the latest holds, in everything that reads sessions, before one of them is ended [ASVS 7.4.5]',
    async run(store) {
      for (const cache of ['memory', 'none']) {
        await using timed = await timedProgram(store, { LATCHKEY_CACHE: cache })
        const { sessions } = timed.program()
        const old = await sessions.createSession({ userId: newUser() })
        expect(await timed.statusOf(old.token)).toBe(200)
        await sessions.setCutOff(
          { kind: 'user', userId: old.session.userId },
          { notBefore: beforeAll(old.session) },
        )
        expect(await timed.statusOf(old.token)).toBe(200)
        await sessions.setCutOff({ kind: 'everybody' })
        await expectCutOff(timed, old)
        // An earlier one that comes later takes nothing back.
        await sessions.setCutOff(
          { kind: 'user', userId: old.session.userId },
          { notBefore: beforeAll(old.session) },
        )
        await expectCutOff(timed, old)
        await timed.reopen()
        await expectCutOff(timed, old)
        timed.clock.advance(seconds(1))
        const next = await timed.program().sessions.createSession({ userId: old.session.userId })
        expect(await timed.statusOf(next.token)).toBe(200)
      }
    },
  },
  {
    name: 'case 23: a user who is disabled has no session on any node and gets no new one until they are enabled, and old ones stay over [ASVS 7.4.2]',
    async run(store) {
      const session = await newSession(store)
      await expectAccepted(store, session.token)
      const path = `/api/v1/users/${session.user}`
      expect((await askAsService(store, 'POST', `${path}/disable`, {})).status).toBe(200)
      await expectOver(store, session.token)
      for (const node of [0, 1] as const) {
        const refused = await askAsService(
          store,
          'POST',
          '/api/v1/sessions',
          { user_id: session.user },
          { node },
        )
        expectProblem(refused, 403, 'user-disabled')
      }
      expect((await askAsService(store, 'POST', `${path}/enable`, {})).status).toBe(200)
      await expectOver(store, session.token)
      await expectAccepted(store, (await newSession(store, { user: session.user })).token)
    },
  },
]

function beforeAll({ createdAt }: Session): Instant {
  return instantOf(createdAt - 60_000)
}

/** To every question the session is over, whatever its row says. */
async function expectCutOff(timed: TimedProgram, { session, token }: CreatedSession): Promise<void> {
  const { sessions } = timed.program()
  const { userId } = session
  expect(await timed.statusOf(token)).toBe(401)
  expect(await sessions.verifySession(token)).toEqual({ active: false, reason: 'revoked' })
  expect((await sessions.getSession(session.id))?.isActive).toBe(false)
  expect(
    (await sessions.listSessions({ userId }, { cursor: null, limit: 10 })).items.filter(
      (one) => one.isActive,
    ),
  ).toEqual([])
  expect(await sessions.getSessionCountByUser(userId)).toBe(0)
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const asked = { method: 'POST', path: '/api/v1/introspect', bearer: serviceKey, headers: form }
  expect(await (await timed.send({ ...asked, body: `token=${token}` })).json()).toEqual({ active: false })
}

/** When everything of the user's that there was until then was ended. */
async function cutOff(store: StartedStore, user: string): Promise<string> {
  const answer = await askAsService(store, 'POST', `/api/v1/users/${user}/cut-off`, {})
  expect(answer.status, answer.text).toBe(200)
  const list = await store.ask({ path: '/api/v1/admin/cut-offs', session: await store.administrator() })
  return list.body.cut_offs.find((one: { readonly user_id: string }) => one.user_id === user).not_before
}
