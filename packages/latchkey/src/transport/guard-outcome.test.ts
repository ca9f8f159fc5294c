import { expect, it } from 'vitest'
import { createSessions } from '../operations/sessions.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import type { CredentialHeaders } from './credential-headers.ts'
import { createSessionGuard } from './session-guard.ts'

const publicUrl = 'https://app.example.com'
const sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command' })
const guard = createSessionGuard({ sessions, publicUrl })
const { session, token } = await sessions.createSession({ userId: 'ann' })

function headersOf(headers: Partial<CredentialHeaders>): CredentialHeaders {
  return { cookie: null, authorization: null, activity: null, purpose: null, ...headers }
}

it('nobody knows of a session at once before it was verified; from then on what `identify` says', async () => {
  const headers = headersOf({ cookie: `${guard.cookieName}=${token}` })
  expect(guard.identifyCached(headers)).toBeNull()
  const outcome = await guard.identify({ headers: { cookie: `${guard.cookieName}=${token}` } })
  expect(outcome).toMatchObject({ kind: 'signed-in', session: { id: session.id }, credential: 'cookie' })
  expect(guard.identifyCached(headers)).toEqual(outcome)
  expect(guard.identifyCached(headersOf({ authorization: `Bearer ${token}` }))).toEqual({
    ...outcome,
    credential: 'bearer',
  })
})

it.each<[string, Partial<CredentialHeaders>]>([
  ['anonymous', {}],
  ['malformed', { cookie: `${guard.cookieName}=x` }],
  ['malformed', { authorization: 'Bearer' }],
  ['both', { cookie: `${guard.cookieName}=${token}`, authorization: `Bearer ${token}` }],
  ['planted', { cookie: `${guard.cookieName}=${token}; ${guard.cookieName}=x` }],
])('what proves nothing is told at once, as `identify` tells it: %s', async (kind, headers) => {
  const head = { headers: { cookie: headers.cookie ?? [], authorization: headers.authorization ?? [] } }
  const present = Object.entries(head.headers).filter(([, value]) => typeof value === 'string')
  const outcome = await guard.identify({ headers: Object.fromEntries(present) })
  expect(JSON.stringify(outcome)).toContain(kind)
  expect(guard.identifyCached(headersOf(headers))).toEqual(outcome)
})

it('an ended session is not told at once: the storage knows why', async () => {
  const other = await sessions.createSession({ userId: 'ann' })
  await sessions.verifySession(other.token)
  const headers = headersOf({ authorization: `Bearer ${other.token}` })
  expect(guard.identifyCached(headers)?.kind).toBe('signed-in')
  await sessions.invalidateSession(other.session.id)
  expect(guard.identifyCached(headers)).toBeNull()
})
