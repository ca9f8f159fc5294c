import { createHash } from 'node:crypto'
import { seconds } from 'latchkey'
import { expect } from 'vitest'
import { openEventStream } from '../event-stream.ts'
import { newUser } from '../new-names.ts'
import { expectProblem } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import {
  askAsService,
  currentSession,
  expectAccepted,
  expectOver,
  newSession,
  ownSessions,
  verified,
} from '../sessions-of-store.ts'
import { twoNodes } from '../two-nodes.ts'

/** The later half of what broke elsewhere, as far as no case of its own number is the same. */
export const laterRegressionCases: readonly SecurityCase[] = [
  {
    name: 'regression 17: of fifty parallel rotations there is one winner, and the token that lost, shown later, ends the session on both nodes [ASVS 10.4.5]',
    async run(store) {
      await using both = await twoNodes(store)
      const [first, second] = both.nodes
      const { token } = await first.program().sessions.createSession({ userId: newUser() })
      const rotated = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          (index % 2 === 0 ? first : second).program().sessions.rotateSession(token),
        ),
      )
      const successors = new Set(rotated.map((one) => one?.token))
      expect(successors.size).toBe(1)
      const [successor = ''] = successors
      for (const node of both.nodes) {
        expect(await node.statusOf(successor ?? '')).toBe(200)
        node.clock.advance(seconds(31))
      }
      expect(await second.program().sessions.rotateSession(token)).toBeNull()
      for (const node of both.nodes) expect(await node.statusOf(successor ?? '')).toBe(401)
    },
  },
  {
    name: 'regression 19: what came of a session ends with it: tokens that it had and got, its event stream, and no grant outlives it [ASVS 7.4.1]',
    async run(store) {
      const { token, id, user } = await newSession(store, { device_tokens: [] })
      const next = (await askAsService(store, 'POST', '/api/v1/sessions/rotate', { token })).body.token
      const stream = await openEventStream(`${store.urls()[1]}${ownSessions}/events`, token)
      for (const grant_type of ['refresh_token', 'authorization_code', 'password']) {
        const form = { 'content-type': 'application/x-www-form-urlencoded' }
        const body = `grant_type=${grant_type}&refresh_token=${token}`
        for (const path of ['/oauth/token', '/api/v1/oauth/token', '/token'])
          expect([404, 405]).toContain(
            (await store.ask({ method: 'POST', path, body, headers: form })).status,
          )
      }
      await askAsService(store, 'DELETE', `/api/v1/users/${user}/sessions/${id}`)
      await stream.closed(30_000)
      for (const one of [token, next]) await expectOver(store, one)
      for (const present of [token, next]) {
        for (const path of ['/api/v1/sessions/rotate', '/api/v1/sessions/renew']) {
          const body = { token: present, ...(path.endsWith('renew') && { cause: 'privilege-change' }) }
          expectProblem(await askAsService(store, 'POST', path, body), 404, 'not-found')
        }
      }
    },
  },
  {
    name: 'regression 22: a token in the clothes of another format is refused by the one reader that there is, and never read by a second one',
    async run(store) {
      const { id, token } = await newSession(store)
      const [, secret = ''] = token.split('.')
      const hex = Buffer.from(secret, 'base64url').toString('hex')
      const json = JSON.stringify({ id, token, session: token, cookie: { expires: null } })
      const signature = createHash('sha256').update(token).digest('base64url')
      const clothed = [
        `s:${token}.${signature}`,
        encodeURIComponent(`s:${token}`),
        Buffer.from(token).toString('base64'),
        Buffer.from(json).toString('base64url'),
        encodeURIComponent(json),
        `${id}.${hex}`,
        `${id}:${secret}`,
        `${id}~${secret}`,
        `${token}.${signature}`,
        `BAh7BkkiD3Nlc3Npb25faWQG--${signature}`,
        `Fe26.2**${hex}*${secret}`,
        `v1.${token}`,
        `${id}.${Buffer.from(secret, 'base64url').toString('base64')}`,
      ]
      for (const one of clothed) {
        expect((await store.ask({ path: currentSession, session: one })).status, one).toBe(401)
        expect((await store.ask({ path: currentSession, bearer: one })).status, one).toBe(401)
        expect(await verified(store, one), one).toBe('unknown')
      }
      await expectAccepted(store, token)
    },
  },
  {
    name: 'regression 23: signing out on one node holds on another that had never seen the session, in every place where sessions are read [ASVS 7.4.1]',
    async run(store) {
      await using both = await twoNodes(store)
      const [first, second] = both.nodes
      const user = newUser()
      const { session, token } = await first.program().sessions.createSession({ userId: user })
      const answer = await first.send({ method: 'POST', path: '/api/v1/auth/logout', session: token })
      expect(answer.status).toBe(200)
      const { sessions } = second.program()
      expect(await second.statusOf(token)).toBe(401)
      expect(await sessions.verifySession(token)).toEqual({ active: false, reason: 'revoked' })
      expect(await sessions.getSession(session.id)).toMatchObject({ isActive: false, endReason: 'logout' })
      expect(await sessions.getActiveSessionsByUser(user)).toEqual([])
      expect(await sessions.getSessionCountByUser(user)).toBe(0)
      await second.reopen()
      expect(await second.statusOf(token)).toBe(401)
    },
  },
]
