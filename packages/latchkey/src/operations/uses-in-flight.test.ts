import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { flushInterval } from '../cache/activity-writer.ts'
import { days, minutes } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import type { CreatedSession } from './create-session.ts'
import { createSessions, type Sessions } from './sessions.ts'
import type { Verification } from './verify-session.ts'

/** A slow read, with the clock and other requests going on meanwhile. The cache has room for one session. */

let clock: FakeClock
let timers: FakeTimers
let sessions: Sessions
let session: CreatedSession
let other: CreatedSession
/** Lets go of the answer that is held back. */
let letGo: () => void
let holdNextFind: () => void

beforeEach(async () => {
  clock = fakeClock()
  timers = fakeTimers()
  let gate: Promise<void> | null = null
  holdNextFind = () => {
    gate = new Promise((resolve) => {
      letGo = resolve
    })
  }
  const storage = interceptedStorage(memoryStorage(), async (operation, call) => {
    const result = await call()
    const heldBack = operation === 'sessions.find' ? gate : null
    if (heldBack !== null) gate = null
    await heldBack
    return result
  })
  sessions = await createSessions({ storage, clock, timers, cacheSize: 1, cleanup: 'by-command' })
  session = await sessions.createSession({ userId: '42' })
  other = await sessions.createSession({ userId: '43' })
})
afterEach(() => sessions.close())

const verify = ({ token }: CreatedSession): Promise<Verification> => sessions.verifySession(token)

async function flush(): Promise<void> {
  timers.advance(flushInterval)
  await nextTurn()
}

/** A verification whose read has been made, but not answered. */
async function slowVerify(created: CreatedSession): Promise<{ readonly answer: Promise<Verification> }> {
  holdNextFind()
  const answer = verify(created)
  await nextTurn()
  return { answer }
}

describe('a read that is answered late', () => {
  it('is judged by a use that was noted before it and written since', async () => {
    clock.advance(days(6))
    await verify(session)
    await verify(other)
    clock.advance(days(6))
    const { answer } = await slowVerify(session)
    await flush()
    letGo()
    expect(await answer).toMatchObject({ active: true })
  })

  it('does not put a session into the cache that lacks a use noted and written meanwhile', async () => {
    clock.advance(days(1))
    const { answer } = await slowVerify(session)
    clock.advance(days(5))
    await verify(session)
    await flush()
    await verify(other)
    letGo()
    expect(await answer).toMatchObject({ active: true })
    clock.advance(days(3))
    expect(await verify(session)).toMatchObject({ active: true })
  })

  it('keeps a cleanup from ending the session that it is about to find used', async () => {
    clock.advance(days(7))
    const { answer } = await slowVerify(session)
    clock.advance(minutes(2))
    await sessions.cleanupExpiredSessions()
    letGo()
    expect(await answer).toMatchObject({ active: true })
    expect(await verify(session)).toMatchObject({ active: true })
    expect(await sessions.getSessionCountByUser('42')).toBe(1)
    expect(await sessions.getSession(other.session.id)).toMatchObject({ isActive: false })
  })
})
