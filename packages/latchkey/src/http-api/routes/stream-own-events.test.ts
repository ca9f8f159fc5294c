import { afterEach, beforeEach, expect, it } from 'vitest'
import { LatchkeyError } from '../../foundation/errors.ts'
import { days, hours, minutes, seconds } from '../../foundation/time.ts'
import { type ApiUnderTest, apiUnderTest, problemOf, watchedStorage } from '../api-under-test.fake.ts'
import { deviceEventSchema } from '../device-schemas.ts'
import { sessionEventSchema } from '../session-schemas.ts'
import { renewalGrace } from '../session-stream.ts'
import { streamsPerUser } from '../session-streams.ts'
import type { DeviceEventOnWire, EndReasonOnWire, SessionEventOnWire } from '../wire-types.ts'

const path = '/api/v1/security/sessions/events'
let under: ApiUnderTest
const open: AbortController[] = []
const eventSchema = sessionEventSchema.or(deviceEventSchema)

beforeEach(async () => {
  under = await apiUnderTest()
})

afterEach(() => {
  for (const controller of open.splice(0)) controller.abort()
})

interface OpenStream {
  readonly response: Response
  readonly leave: () => void
  /** Everything up to the next event, or null when the stream has closed. */
  next(): Promise<{ event: SessionEventOnWire | DeviceEventOnWire; id: string | null } | null>
  /** The next piece of text, whatever it is, or null when the stream has closed. */
  piece(): Promise<string | null>
}

async function listen(token: string): Promise<OpenStream> {
  const controller = new AbortController()
  open.push(controller)
  const response = await under.call(path, { cookie: token, signal: controller.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const piece = async () => (await reader?.read())?.value ?? null
  return {
    response,
    leave: () => controller.abort(),
    piece,
    async next() {
      for (let text = await piece(); text !== null; text = await piece()) {
        const data = /^data: (.*)$/m.exec(text)?.[1]
        if (data === undefined) continue
        const event = eventSchema.parse(JSON.parse(data))
        expect(text).toContain(`event: ${event.type}\n`)
        return { event, id: /^id: (\d+)$/m.exec(text)?.[1] ?? null }
      }
      return null
    },
  }
}

it('is an event stream that no proxy holds back or keeps', async () => {
  const { token } = await under.signIn('ann')
  const stream = await listen(token)
  expect(stream.response.status).toBe(200)
  expect(Object.fromEntries(stream.response.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  expect(await stream.piece()).toBe('retry: 3000\n\n')
})

it("tells of the user's own sessions only, in order, with growing ids", async () => {
  const { token } = await under.signIn('ann')
  const stream = await listen(token)
  await under.signIn('bob')
  const other = await under.signIn('ann')
  await under.sessions.invalidateSession(other.session.id, { reason: 'revoked' })
  const [created, ended] = [await stream.next(), await stream.next()]
  expect(created?.event).toMatchObject({
    type: 'session.created',
    session_id: other.session.id,
    reason: null,
    is_current: false,
    at: '2026-01-01T00:00:00.000Z',
  })
  expect(ended?.event).toMatchObject({ type: 'session.ended', reason: 'revoked', is_current: false })
  expect(Number(ended?.id)).toBeGreaterThan(Number(created?.id))
})

it("tells of the user's own devices, too, and of nothing but that something is new", async () => {
  const { token } = await under.signIn('ann')
  const stream = await listen(token)
  await under.signIn('bob', { deviceTokens: [] })
  const { device, session } = await under.signIn('ann', { deviceTokens: [] })
  const id = device?.id ?? ''
  await under.sessions.changeDevice(id, { name: 'Work laptop' })
  await under.sessions.forgetDevice(id)
  const events = [await stream.next(), await stream.next(), await stream.next()]
  events.push(await stream.next(), await stream.next())
  const at = '2026-01-01T00:00:00.000Z'
  const seen = events.flatMap((next) => next?.event ?? [])
  expect(seen.filter(({ type }) => type.startsWith('device.'))).toEqual([
    { type: 'device.added', device_id: id, at },
    { type: 'device.changed', device_id: id, at },
    { type: 'device.forgotten', device_id: id, at },
  ])
  expect(seen.filter((event) => 'session_id' in event && event.session_id === session.id)).toHaveLength(2)
})

it.each<[string, EndReasonOnWire, (id: string) => Promise<unknown>]>([
  ['its user is cut off', 'revoked', () => under.sessions.setCutOff({ kind: 'user', userId: 'ann' })],
  ['everybody is cut off', 'revoked', () => under.sessions.setCutOff({ kind: 'everybody' })],
  ['its user is disabled', 'revoked', () => under.sessions.disableUser('ann')],
])('says so and closes when %s', async (_, reason, end) => {
  const { session, token } = await under.signIn('ann')
  const stream = await listen(token)
  await end(session.id)
  expect((await stream.next())?.event).toMatchObject({ type: 'session.ended', reason, is_current: true })
  expect(await stream.next()).toBeNull()
})

it('closes when its user is erased', async () => {
  const { token } = await under.signIn('ann')
  const [stream, other] = [await listen(token), await listen((await under.signIn('bob')).token)]
  await under.sessions.forgetUser('ann')
  for (let next = await stream.next(); next !== null; next = await stream.next());
  await under.signIn('bob')
  expect((await other.next())?.event.type).toBe('session.created')
})

it('says so and closes when a token came that had been replaced', async () => {
  const { session, token } = await under.signIn('ann')
  const rotated = await under.sessions.rotateSession(token)
  await under.sessions.verifySession(rotated?.token ?? '')
  const stream = await listen(rotated?.token ?? '')
  under.clock.advance(seconds(31))
  await under.sessions.verifySession(token)
  expect((await stream.next())?.event).toMatchObject({ session_id: session.id, reason: 'token-reuse' })
  expect(await stream.next()).toBeNull()
})

it('is told nothing of what is not for its user', async () => {
  const { token } = await under.signIn('ann')
  const stream = await listen(token)
  await under.sessions.recordEvents([
    { type: 'sign-in.failed', actor: 'system' },
    { type: 'request.refused', actor: 'user:ann', userId: 'ann', after: { kind: 'cross-site' } },
  ])
  await under.sessions.setCutOff({ kind: 'user', userId: 'bob' })
  await under.signIn('ann')
  expect((await stream.next())?.event.type).toBe('session.created')
})

it('says that its own session ended, and closes', async () => {
  const { session, token } = await under.signIn('ann')
  const stream = await listen(token)
  await under.sessions.invalidateSession(session.id, { reason: 'revoked' })
  expect((await stream.next())?.event).toMatchObject({
    type: 'session.ended',
    is_current: true,
    reason: 'revoked',
  })
  expect(await stream.next()).toBeNull()
  expect(under.timers.pending).toBe(0)
})

it('closes when its own session gets another token: who has only the old one must not listen on', async () => {
  const { session, token } = await under.signIn('ann')
  const stream = await listen(token)
  await under.sessions.renewSession(session.id, { amr: ['pwd'] })
  // What comes after it in the log has come: so has the renewal, which waits for the cookie to arrive.
  await under.signIn('ann')
  expect((await stream.next())?.event.type).toBe('session.created')
  under.pass(renewalGrace)
  expect((await stream.next())?.event).toMatchObject({ type: 'session.renewed', is_current: true })
  expect(await stream.next()).toBeNull()
})

it('closes at the absolute deadline, not before, though no cleanup has run', async () => {
  const { token } = await under.signIn('ann', { expiresInSeconds: 30 })
  const stream = await listen(token)
  under.pass(seconds(29))
  expect(await stream.piece()).toBe('retry: 3000\n\n')
  expect(await stream.piece()).toBe(': heartbeat\n\n')
  under.pass(seconds(1))
  const last = await stream.next()
  expect(last).toMatchObject({
    id: null,
    event: { type: 'session.ended', reason: 'expired', is_current: true },
  })
  expect(await stream.next()).toBeNull()
})

it('does not count as using the session: it closes at the idle timeout', async () => {
  const { session, token } = await under.signIn('ann')
  const stream = await listen(token)
  expect((await under.sessions.getSession(session.id))?.lastAccessedAt).toBeNull()
  under.clock.advance(days(8))
  under.timers.advance(seconds(20))
  expect((await stream.next())?.event).toMatchObject({ type: 'session.ended', reason: 'idle-timeout' })
})

it('goes on past a deadline that other requests have put off', async () => {
  const { token } = await under.signIn('ann')
  const stream = await listen(token)
  under.clock.advance(days(6))
  await under.call('/api/v1/security/sessions/current', { cookie: token })
  under.clock.advance(days(2))
  under.timers.advance(seconds(20))
  await under.signIn('ann')
  expect((await stream.next())?.event.type).toBe('session.created')
})

it('sends a heartbeat while nothing happens', async () => {
  const { token } = await under.signIn('ann')
  const stream = await listen(token)
  await stream.piece()
  under.pass(seconds(20))
  expect(await stream.piece()).toBe(': heartbeat\n\n')
})

it('a client that leaves costs nothing any more', async () => {
  const { token } = await under.signIn('ann')
  const watched = watchedStorage()
  expect(under.timers.pending).toBe(0)
  const streams = await Promise.all([listen(token), listen(token)])
  expect(under.timers.pending).toBe(2)
  for (const { leave } of streams) leave()
  expect(under.timers.pending).toBe(0)
  expect(watched.operations).toEqual([])
})

it('a stream whose body is cancelled is given up, too', async () => {
  const { token } = await under.signIn('ann')
  const answer = await under.call(path, { cookie: token })
  await answer.body?.cancel()
  expect(under.timers.pending).toBe(0)
})

it('a client that takes nothing is cut off before it costs much memory', async () => {
  const { token } = await under.signIn('ann', { expiresInDays: 30 })
  await under.call(path, { cookie: token })
  for (let beats = 0; beats < 300; beats += 1) under.pass(seconds(20))
  expect(under.timers.pending).toBe(0)
})

it('a user has a bounded number of streams, and others are not affected', async () => {
  const [ann, bob] = [await under.signIn('ann'), await under.signIn('bob')]
  const streams = await Promise.all(Array.from({ length: streamsPerUser }, () => listen(ann.token)))
  const refused = await under.call(path, { cookie: ann.token })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30'])
  expect((await problemOf(refused)).code).toBe('too-many-streams')
  expect((await listen(bob.token)).response.status).toBe(200)
  streams[0]?.leave()
  expect((await listen(ann.token)).response.status).toBe(200)
})

it('a session that ends while the stream is being opened is told of all the same', async () => {
  const { session, token } = await under.signIn('ann')
  const stream = await listen(token)
  const [late] = await Promise.all([listen(token), under.sessions.invalidateSession(session.id)])
  expect((await stream.next())?.event.type).toBe('session.ended')
  if (late.response.status === 200) {
    expect((await late.next())?.event.type).toBe('session.ended')
    expect(await late.next()).toBeNull()
  } else expect(late.response.status).toBe(401)
})

it('HEAD opens no stream', async () => {
  const { token } = await under.signIn('ann')
  const answer = await under.call(path, { method: 'HEAD', cookie: token })
  expect([answer.status, answer.headers.get('content-type'), answer.body]).toEqual([
    200,
    'text/event-stream',
    null,
  ])
  expect(under.timers.pending).toBe(0)
})

it('is not opened while the storage is away, though the cache knows the session', async () => {
  const watched = watchedStorage()
  under = await apiUnderTest({ storage: watched.storage })
  const { token } = await under.signIn('ann')
  await under.call('/api/v1/security/sessions/current', { cookie: token })
  watched.failure = new LatchkeyError('storage-unavailable', 'away')
  expect((await under.call(path, { cookie: token })).status).toBe(503)
  expect(under.timers.pending).toBe(0)
})

it('closes where nobody can tell any more whether the session is live', async () => {
  const watched = watchedStorage()
  under = await apiUnderTest({ storage: watched.storage })
  const { token } = await under.signIn('ann', { expiresInSeconds: 3_600 })
  const stream = await listen(token)
  under.pass(minutes(59))
  watched.failure = new Error('away')
  under.pass(hours(1))
  expect(await stream.next()).toBeNull()
})
