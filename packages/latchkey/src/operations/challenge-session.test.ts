import { afterEach, beforeEach, expect, it } from 'vitest'
import { hours, seconds } from '../foundation/time.ts'
import type { ChangeOrigin } from '../model/session.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { challengeSession } from './challenge-session.ts'
import { createSession } from './create-session.ts'
import { endingOf, invalidateSession } from './invalidate-sessions.ts'
import { hasRecentAuthentication } from './recent-authentication.ts'
import { renewSession } from './renew-session.ts'
import { verifySession } from './verify-session.ts'
import { type Wiring, wire } from './wiring.ts'

let wiring: Wiring
let clock: ReturnType<typeof fakeClock>
let token: string
let id: string

beforeEach(async () => {
  clock = fakeClock()
  wiring = wire({ storage: memoryStorage(), clock })
  await wiring.storage.open()
  const created = await createSession(wiring, { userId: '42', amr: ['pwd'] })
  ;[token, id] = [created.token, created.session.id]
  await verifySession(wiring, token)
})

afterEach(() => wiring.storage.close())

const origin = (): ChangeOrigin => ({ at: clock.now(), by: 'system', request: 'alr_1' })

async function shown() {
  const verification = await verifySession(wiring, token)
  if (!verification.active) throw new Error('refused')
  return verification.session
}

it('a session whose user was asked for a proof goes on, and its last proof counts no more, whatever the window', async () => {
  expect(await challengeSession(wiring, id, origin())).toBe(true)
  const session = await shown()
  expect(session.reauthenticationRequired).toBe(true)
  for (const window of [hours(24), null]) {
    expect(hasRecentAuthentication(wiring.policy, session, clock.now(), window)).toBe(false)
  }
})

it('a proof lifts it, also by a clock that is behind', async () => {
  clock.advance(seconds(10))
  await challengeSession(wiring, id, origin())
  clock.set((clock.now() - 5_000) as never)
  token = (await renewSession(wiring, id, { amr: ['pwd'] }))?.token ?? ''
  expect((await shown()).reauthenticationRequired).toBe(false)
})

it('a change of what the user may do lifts nothing', async () => {
  await challengeSession(wiring, id, origin())
  clock.advance(seconds(1))
  token = (await renewSession(wiring, id, { amr: [], cause: 'privilege-change' }))?.token ?? ''
  expect((await shown()).reauthenticationRequired).toBe(true)
})

it('is said in the log, by whom and for what', async () => {
  await challengeSession(wiring, id, origin())
  const events = await wiring.storage.events.read(1, 9)
  expect(events).toMatchObject([
    { type: 'session.challenged', sessionId: id, actor: 'system', request: 'alr_1' },
  ])
})

it('nothing happens twice, nor to a session that has ended, nor to one that there is not', async () => {
  await challengeSession(wiring, id, origin())
  expect(await challengeSession(wiring, id, origin())).toBe(false)
  await invalidateSession(wiring, id, { reason: endingOf(wiring, {}).reason })
  expect(await challengeSession(wiring, id, origin())).toBe(false)
  expect(await challengeSession(wiring, 'none', origin())).toBe(false)
})
