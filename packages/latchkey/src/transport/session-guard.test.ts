import { beforeEach, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { days, hours } from '../foundation/time.ts'
import { createSessions, type Sessions } from '../operations/sessions.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { admit } from './admission.ts'
import { createSessionGuard, type SessionGuard } from './session-guard.ts'

let clock: FakeClock
let sessions: Sessions
let guard: SessionGuard

beforeEach(async () => {
  clock = fakeClock()
  sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command', clock })
  guard = createSessionGuard({ sessions, publicUrl: 'https://app.example.com', clock })
})

const head = (headers: Record<string, string> = {}, method = 'GET') => ({ method, headers })
const own = { 'sec-fetch-site': 'same-origin' }
const withCookie = (token: string, more: Record<string, string> = {}, method = 'GET') =>
  head({ cookie: `__Host-latchkey=${token}`, ...more }, method)

it('a cookie and a bearer token prove the same session, each by itself', async () => {
  const { session, token } = await sessions.createSession({ userId: 'ann' })
  expect(await guard.check(withCookie(token))).toMatchObject({
    kind: 'signed-in',
    credential: 'cookie',
    session: { id: session.id },
  })
  expect(await guard.check(head({ authorization: `Bearer ${token}` }))).toMatchObject({
    kind: 'signed-in',
    credential: 'bearer',
  })
})

it('each bad credential is refused, and says why to the log only', async () => {
  const { session, token } = await sessions.createSession({ userId: 'ann', expiresInDays: 1 })
  const stranger = (await sessions.createSession({ userId: 'bob' })).token
  await sessions.invalidateSession(
    ((await sessions.verifySession(stranger)) as { session: { id: string } }).session.id,
  )
  const reason = async (headers: Record<string, string>) => {
    const outcome = await guard.check(head(headers))
    return outcome.kind === 'refused' ? outcome.reason : outcome.kind
  }
  expect(await reason({})).toBe('anonymous')
  expect(await reason({ cookie: '__Host-latchkey=nonsense' })).toBe('malformed')
  expect(await reason({ cookie: `__Host-latchkey=${token}; __Host-latchkey=${token}` })).toBe('planted')
  expect(await reason({ cookie: `__Host-latchkey=${token}`, authorization: `Bearer ${token}` })).toBe('both')
  expect(await reason({ authorization: `Bearer ${session.id}.${'A'.repeat(43)}` })).toBe('unknown')
  expect(await reason({ authorization: `Bearer ${stranger}` })).toBe('revoked')
  clock.advance(days(1))
  expect(await reason({ authorization: `Bearer ${token}` })).toBe('expired')
})

it('a planted cookie is cleared in every scope it can have', async () => {
  const outcome = await guard.check(head({ cookie: '__Host-latchkey=a; __Host-latchkey=b' }))
  expect(outcome.kind === 'refused' && outcome.setCookies).toHaveLength(3)
})

it('a cookie may not act for another site, a bearer token needs no such proof', async () => {
  const { token } = await sessions.createSession({ userId: 'ann' })
  expect((await guard.check(withCookie(token, {}, 'POST'))).kind).toBe('cross-site')
  expect((await guard.check(withCookie(token, own, 'POST'))).kind).toBe('signed-in')
  expect((await guard.identify(withCookie(token, {}, 'POST'))).kind).toBe('signed-in')
  expect((await guard.check(head({ authorization: `Bearer ${token}` }, 'POST'))).kind).toBe('signed-in')
})

it('a token that the client chose before signing in is worth nothing after', async () => {
  const chosen = `ses_${'a'.repeat(24)}.${'A'.repeat(43)}`
  const started = await guard.startSession(withCookie(chosen, own, 'POST'), { userId: 'ann' })
  expect(started.token).not.toBe(chosen)
  expect((await sessions.verifySession(chosen)).active).toBe(false)
})

it('signing in again replaces the session of the same user in one step', async () => {
  const first = await sessions.createSession({ userId: 'ann' })
  await guard.startSession(withCookie(first.token, own, 'POST'), { userId: 'ann' })
  expect((await sessions.getSession(first.session.id))?.endReason).toBe('replaced')
  expect(await sessions.getSessionCountByUser('ann')).toBe(1)
})

it('signing in as somebody else signs the one before out', async () => {
  const first = await sessions.createSession({ userId: 'ann' })
  await guard.startSession(withCookie(first.token, own, 'POST'), { userId: 'bob' })
  expect(await sessions.getSession(first.session.id)).toMatchObject({
    endReason: 'logout',
    endedBy: 'user:ann',
  })
})

it('signing in from another site ends no session that the browser had', async () => {
  const first = await sessions.createSession({ userId: 'ann' })
  await guard.startSession(withCookie(first.token, { 'sec-fetch-site': 'cross-site' }, 'POST'), {
    userId: 'bob',
  })
  expect((await sessions.getSession(first.session.id))?.isActive).toBe(true)
})

it('what the application says of the device wins over what the request says', async () => {
  const request = head({ 'user-agent': 'Agent/1.0' }, 'POST')
  const connection = { remoteAddress: '192.0.2.1' }
  const { session } = await guard.startSession(request, { userId: 'ann' }, connection)
  expect(session).toMatchObject({ userAgent: 'Agent/1.0', ipAddress: '192.0.2.1' })
  const told = await guard.startSession(request, { userId: 'ann', ipAddress: null }, connection)
  expect(told.session.ipAddress).toBeNull()
})

it('signing out from another site changes nothing, not even the cookie', async () => {
  const { session, token } = await sessions.createSession({ userId: 'ann' })
  expect(await guard.endSession(withCookie(token, {}, 'POST'))).toEqual({
    session: null,
    setCookie: null,
    headers: {},
  })
  const ended = await guard.endSession(withCookie(token, own, 'POST'))
  expect(ended.session?.id).toBe(session.id)
  expect(ended.setCookie).toContain('Max-Age=0')
})

it('signing out from another site, which comes without the SameSite cookie, does not take it from the browser', async () => {
  const nothing = { session: null, setCookie: null, headers: {} }
  const foreign = { 'sec-fetch-site': 'cross-site' }
  expect(await guard.endSession(head(foreign, 'POST'))).toEqual(nothing)
  const { token } = await sessions.createSession({ userId: 'ann' })
  const bearer = { ...foreign, authorization: `Bearer ${token}` }
  const ended = await guard.endSession(head(bearer, 'POST'))
  expect(ended.session?.userId).toBe('ann')
})

it('signing out of a session that has ended already waits until that is final, too', async () => {
  const { session, token } = await sessions.createSession({ userId: 'ann' })
  const ended: string[] = []
  const waiting = createSessionGuard({
    sessions: {
      ...sessions,
      invalidateSession(id, options) {
        ended.push(id)
        return sessions.invalidateSession(id, options)
      },
    },
    publicUrl: 'https://app.example.com',
    clock,
  })
  const signOut = () => waiting.endSession(withCookie(token, own, 'POST'))
  expect((await signOut()).session?.id).toBe(session.id)
  expect((await signOut()).session).toBeNull()
  expect(ended).toEqual([session.id, session.id])
  expect(await sessions.getSession(session.id)).toMatchObject({ endReason: 'logout' })
})

it('the cookie lasts to the deadline, counted from now', async () => {
  const created = await sessions.createSession({ userId: 'ann', expiresInDays: 2 })
  clock.advance(hours(24))
  expect(guard.sessionCookie(created)).toContain('Max-Age=86400;')
})

it('background requests do not put off the idle timeout', async () => {
  const { session, token } = await sessions.createSession({ userId: 'ann' })
  clock.advance(hours(1))
  await guard.check(withCookie(token, { 'x-latchkey-activity': 'background' }))
  expect((await sessions.getSession(session.id))?.lastAccessedAt).toBeNull()
  await guard.check(withCookie(token))
  expect((await sessions.getSession(session.id))?.lastAccessedAt).toBe(clock.now())
})

it('a storage that is away is 503 for an application, and never "not signed in"', async () => {
  const { token } = await sessions.createSession({ userId: 'ann' })
  const away: Sessions = {
    ...sessions,
    verifySession: () => Promise.reject(new LatchkeyError('storage-unavailable', 'away')),
  }
  const answer = await admit(
    createSessionGuard({ sessions: away, publicUrl: 'https://app.example.com' }),
    withCookie(token),
    { remoteAddress: null },
  )
  expect(answer instanceof Response && answer.status).toBe(503)
  expect(answer instanceof Response && answer.headers.get('retry-after')).toBe('2')
})
