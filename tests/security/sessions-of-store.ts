import type { Alert } from 'latchkey'
import { expect } from 'vitest'
import { newAlertId } from '../../packages/latchkey/src/model/alert-id.ts'
import { sampleAlert } from '../../packages/server/src/mail/alert-fixture.fake.ts'
import { serviceKey } from '../running-program.ts'
import type { Answer, Asking } from './ask.ts'
import { newUser } from './new-names.ts'
import type { StartedStore } from './started-store.ts'
import { timedProgram } from './timed-program.ts'

/** A session that a host back end made for a user of its own. */
export interface UserSession {
  readonly user: string
  readonly id: string
  readonly token: string
}

export const ownSessions = '/api/v1/security/sessions'
export const currentSession: string = `${ownSessions}/current`

/** What a host back end asks, with its key. */
export function askAsService(
  store: StartedStore,
  method: string,
  path: string,
  body?: unknown,
  more: Partial<Asking> = {},
): Promise<Answer> {
  return store.ask({ method, path, bearer: serviceKey, ...(body !== undefined && { body }), ...more })
}

/** Signs a user in, a new one where none is named. */
export async function newSession(
  store: StartedStore,
  { user = newUser(), ...more }: { readonly user?: string } & Readonly<Record<string, unknown>> = {},
): Promise<UserSession> {
  const answer = await askAsService(store, 'POST', '/api/v1/sessions', { user_id: user, ...more })
  expect(answer.status, answer.text).toBe(201)
  return { user, id: answer.body.session.id, token: answer.body.token }
}

/** Whether a host back end is told that the token is that of a live session, and why not where it is not. */
export async function verified(store: StartedStore, token: string, node: 0 | 1 = 0): Promise<string> {
  const answer = await askAsService(store, 'POST', '/api/v1/sessions/verify', { token }, { node })
  expect(answer.status, answer.text).toBe(200)
  return answer.body.active ? 'active' : answer.body.reason
}

/** Accepted by every program, at each of the doors for sessions. */
export async function expectAccepted(store: StartedStore, token: string): Promise<void> {
  for (const node of [0, 1] as const) {
    expect((await store.ask({ path: currentSession, session: token, node })).status).toBe(200)
    expect((await store.ask({ path: '/api/v1/forward-auth', session: token, node })).status).toBe(200)
    expect(await verified(store, token, node)).toBe('active')
  }
}

/** Refused by every program, at each of the doors for sessions. */
export async function expectOver(store: StartedStore, token: string): Promise<void> {
  for (const node of [0, 1] as const) {
    for (const path of [currentSession, '/api/v1/forward-auth', '/api/v1/auth/me']) {
      expect((await store.ask({ path, session: token, node })).status, path).toBe(401)
      expect((await store.ask({ path, bearer: token, node })).status, path).toBe(401)
    }
    expect(await verified(store, token, node)).not.toBe('active')
  }
}

/** The token of a link in a mail about an alert of that user, made by one more program on the database. */
export async function alertLink(store: StartedStore, more: Partial<Alert> = {}): Promise<string> {
  await using timed = await timedProgram(store, store.settings)
  const { storage, sessions } = timed.program()
  const alert = sampleAlert({ id: newAlertId(), userId: newUser(), sessionId: null, response: null, ...more })
  await storage.alerts.add(alert, [])
  return sessions.alertLinkToken(alert) ?? ''
}
