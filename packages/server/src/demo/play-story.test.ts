import { after, createSessions, days, instantOf, minutes, type Sessions, seconds } from 'latchkey'
import { memoryStorage } from 'latchkey/memory'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DemoSignIn, DemoStep } from './demo-step.ts'
import { type MovingClock, movingClock } from './moving-clock.ts'
import { playStory } from './play-story.ts'

const start = instantOf(Date.parse('2026-06-01T12:00:00Z'))
const userIds = ['usr_admin', 'ada', 'bo']
let clock: MovingClock
let sessions: Sessions

beforeEach(async () => {
  clock = movingClock(start)
  sessions = await createSessions({
    storage: memoryStorage(),
    clock,
    cleanup: 'by-command',
    secret: new Uint8Array(32).fill(7),
    fingerprinting: 'on',
  })
})
afterEach(() => sessions.close())

function at(minute: number) {
  return after(start, minutes(minute))
}

function signIn(session: string, minute: number, changes: Partial<DemoSignIn> = {}): DemoSignIn {
  return {
    kind: 'sign-in',
    at: at(minute),
    user: Number(session.split('/')[0]),
    session,
    device: `${session.split('/')[0]}/0`,
    replaces: null,
    expiresInDays: null,
    userAgent: 'Example/1.0',
    clientHints: null,
    ipAddress: '192.0.2.1',
    location: 'Oslo, Norway',
    amr: ['pwd'],
    ...changes,
  }
}

/** What became of each session, oldest first. */
async function play(story: readonly DemoStep[]) {
  await playStory(story, { sessions, clock, userIds, onProgress: () => {} })
  const { items } = await sessions.listSessions({}, { cursor: null, limit: 100 })
  return items
    .map(({ userId, createdAt, lastAccessedAt, endedAt, endReason, endedBy }) => ({
      userId,
      createdAt,
      lastAccessedAt,
      endedAt,
      endReason,
      endedBy,
    }))
    .toSorted((a, b) => a.createdAt - b.createdAt)
}

it('lets the steps of one user happen one after the other, each at its own instant', async () => {
  const played = await play([
    signIn('1/1', 0),
    { kind: 'use', at: after(at(0), seconds(3)), session: '1/1' },
    { kind: 'sign-out', at: at(9), session: '1/1' },
  ])
  expect(played).toEqual([
    {
      userId: 'ada',
      createdAt: at(0),
      lastAccessedAt: after(at(0), seconds(3)),
      endedAt: at(9),
      endReason: 'logout',
      endedBy: 'user:ada',
    },
  ])
})

it('gives steps of different users that go out together their own instants', async () => {
  const played = await play([signIn('1/1', 0), signIn('2/1', 1)])
  expect(played.map(({ userId, createdAt }) => [userId, createdAt])).toEqual([
    ['ada', at(0)],
    ['bo', at(1)],
  ])
})

it('ends sessions from another one, all others, and all, as whoever does it', async () => {
  const played = await play([
    signIn('1/1', 0, { device: '1/0' }),
    signIn('1/2', 1, { device: '1/1' }),
    signIn('1/3', 2, { device: '1/2' }),
    signIn('2/1', 3),
    { kind: 'end-one', at: at(4), session: '1/1' },
    { kind: 'end-others', at: at(5), user: 1, except: '1/3' },
    { kind: 'end-all', at: at(6), user: 2 },
  ])
  expect(played.map(({ endedAt, endReason, endedBy }) => [endedAt, endReason, endedBy])).toEqual([
    [at(4), 'revoked', 'user:ada'],
    [at(5), 'revoked', 'user:ada'],
    [null, null, null],
    [at(6), 'revoked', 'admin:usr_admin'],
  ])
})

it('replaces a session, and cleans up what has expired', async () => {
  const afterADay = 24 * 60 + 1
  const played = await play([
    signIn('1/1', 0),
    signIn('1/2', 5, { replaces: '1/1', expiresInDays: 1 }),
    { kind: 'clean-up', at: at(5 + afterADay) },
  ])
  expect(played.map(({ endedAt, endReason }) => [endedAt, endReason])).toEqual([
    [at(5), 'replaced'],
    [at(5 + afterADay), 'expired'],
  ])
})

it('knows a browser again, with what its owner made of it, and a cleared one by its looks only', async () => {
  const components = { canvas: 'a', fonts: 'b', audio: 'c', screen: 'd' }
  await play([
    signIn('1/1', 0, { device: '1/0' }),
    { kind: 'look-at-device', at: at(1), device: '1/0', components },
    { kind: 'name-device', at: at(2), device: '1/0', name: 'Work laptop' },
    { kind: 'trust-device', at: at(3), device: '1/0', days: 30 },
    signIn('1/2', 4, { device: '1/0' }),
    signIn('1/3', 5, { device: '1/1' }),
    { kind: 'look-at-device', at: at(6), device: '1/1', components },
  ])
  const [cleared, known] = await sessions.getDevices('ada')
  expect(known).toMatchObject({
    name: 'Work laptop',
    trustedUntil: after(at(3), days(30)),
    activeSessions: 1,
  })
  expect(cleared).toMatchObject({
    name: null,
    activeSessions: 1,
    resembles: { deviceId: known?.id, confidence: 1 },
  })
})
