import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { after, before, milliseconds, minutes, seconds } from '../foundation/time.ts'
import { forever } from '../model/cut-off.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { createSessions, type Sessions } from './sessions.ts'

const revoked = { active: false, reason: 'revoked' }
const secret = new Uint8Array(32).fill(7)

let clock: FakeClock
let sessions: Sessions

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

async function signedIn(userId: string, deviceTokens: string[] | null = null): Promise<string> {
  const { token } = await sessions.createSession({ userId, deviceTokens })
  await sessions.verifySession(token)
  return token
}

describe.each(storages)('a cut-off in %s', (_engine, newStorage) => {
  beforeEach(async () => {
    clock = fakeClock()
    sessions = await createSessions({ storage: newStorage(), clock, secret, cleanup: 'by-command' })
  })
  afterEach(() => sessions.close())

  it('of a user ends what was created until then, and nothing else', async () => {
    const [theirs, others] = [await signedIn('42'), await signedIn('43')]
    clock.advance(seconds(1))
    expect(await sessions.setCutOff({ kind: 'user', userId: '42' }, { note: 'phished' })).toBe(1)
    expect(await sessions.verifySession(theirs)).toEqual(revoked)
    expect(await sessions.verifySession(others)).toMatchObject({ active: true })
    clock.advance(seconds(1))
    expect(await sessions.verifySession(await signedIn('42'))).toMatchObject({ active: true })
  })

  it('of everybody holds at once, and cleanup ends what it concerns', async () => {
    const tokens = [await signedIn('42'), await signedIn('43')]
    clock.advance(seconds(1))
    expect(await sessions.setCutOff({ kind: 'everybody' })).toBe(0)
    for (const token of tokens) {
      expect(sessions.verifyCached(token)).toBeNull()
      expect(await sessions.verifySession(token)).toEqual(revoked)
    }
    expect(await sessions.countSessions({ state: 'live' })).toBe(0)
    expect(await sessions.cleanupExpiredSessions()).toBe(2)
  })

  it('of a device is not taken under the name of another user, whose caches would not hear of it', async () => {
    const { session, token } = await sessions.createSession({ userId: '42', deviceTokens: [] })
    clock.advance(seconds(1))
    const deviceId = session.deviceId ?? 'dev_'
    const setting = sessions.setCutOff({ kind: 'device', userId: '43', deviceId })
    await expect(setting).rejects.toMatchObject({ code: 'invalid-argument', field: 'scope.deviceId' })
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
    expect(await sessions.listCutOffs()).toEqual([])
  })

  it('of a device leaves the other devices of its user alone', async () => {
    const { session, token } = await sessions.createSession({ userId: '42', deviceTokens: [] })
    const elsewhere = await signedIn('42', [])
    clock.advance(seconds(1))
    const deviceId = session.deviceId ?? 'dev_'
    expect(await sessions.setCutOff({ kind: 'device', userId: '42', deviceId })).toBe(1)
    expect(await sessions.verifySession(token)).toEqual(revoked)
    expect(await sessions.verifySession(elsewhere)).toMatchObject({ active: true })
  })

  it('for ever disables a user until they are enabled, and what was ended stays so', async () => {
    const token = await signedIn('42')
    expect(await sessions.disableUser('42', { by: 'admin:1', request: 'r1' })).toBe(1)
    expect(await sessions.isUserDisabled('42')).toBe(true)
    expect(await sessions.verifySession(token)).toEqual(revoked)
    clock.advance(minutes(1))
    await expect(sessions.createSession({ userId: '42' })).rejects.toMatchObject({ code: 'user-disabled' })
    expect(await sessions.listCutOffs()).toMatchObject([
      { scope: { kind: 'user', userId: '42' }, notBefore: forever, by: 'admin:1' },
    ])
    expect(await sessions.enableUser('42')).toBe(true)
    expect(await sessions.enableUser('42')).toBe(false)
    expect(await sessions.isUserDisabled('42')).toBe(false)
    expect(await sessions.verifySession(token)).toEqual(revoked)
    clock.advance(seconds(1))
    expect(await sessions.verifySession(await signedIn('42'))).toMatchObject({ active: true })
  })

  it('keeps nobody out who signs in at the same moment, and ends them with the next', async () => {
    const earlier = await signedIn('42')
    await sessions.setCutOff({ kind: 'user', userId: '42' })
    const { session, token } = await sessions.createSession({ userId: '42' })
    expect(session.createdAt).toBe(after(clock.now(), milliseconds(1)))
    expect(await sessions.verifySession(earlier)).toEqual(revoked)
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
    await sessions.setCutOff({ kind: 'everybody' })
    expect(await sessions.verifySession(token)).toEqual(revoked)
    expect(await sessions.verifySession(await signedIn('42'))).toMatchObject({ active: true })
  })

  it('lets a sign-in of the same moment be completed', async () => {
    await sessions.setCutOff({ kind: 'user', userId: '42' })
    const { session } = await sessions.createSession({ userId: '42', stage: 'pending' })
    const completed = await sessions.renewSession(session.id, { amr: ['otp'], cause: 'factor' })
    expect(await sessions.verifySession(completed?.token ?? '')).toMatchObject({ active: true })
  })

  it('leaves nobody who signed in at the moment of an earlier one when the user is disabled for a moment', async () => {
    await sessions.setCutOff({ kind: 'user', userId: '42' })
    const token = await signedIn('42')
    await sessions.disableUser('42')
    await sessions.enableUser('42')
    expect(await sessions.verifySession(token)).toEqual(revoked)
    // What is being created meanwhile is ended by that alone.
    expect(await sessions.listCutOffs()).toMatchObject([{ notBefore: after(clock.now(), milliseconds(1)) }])
  })

  it('by a clock that is less than a second ahead keeps nobody out', async () => {
    await sessions.setCutOff({ kind: 'everybody' })
    clock.set(before(clock.now(), milliseconds(999)))
    expect(await sessions.verifySession(await signedIn('42'))).toMatchObject({ active: true })
  })

  it('by a clock that is a second ahead refuses sign-ins, and says why', async () => {
    await sessions.setCutOff({ kind: 'everybody' })
    clock.set(before(clock.now(), seconds(1)))
    await expect(sessions.createSession({ userId: '42' })).rejects.toMatchObject({
      code: 'storage-busy',
      message: expect.stringContaining('the clocks of the nodes differ'),
    })
  })

  it('is never taken back by an earlier one', async () => {
    const token = await signedIn('42')
    clock.advance(seconds(1))
    await sessions.disableUser('42')
    await sessions.setCutOff({ kind: 'user', userId: '42' }, { notBefore: before(clock.now(), minutes(9)) })
    expect(await sessions.isUserDisabled('42')).toBe(true)
    expect(await sessions.verifySession(token)).toEqual(revoked)
  })

  it.each([
    ['scope.kind', { kind: 'all' }, {}],
    ['scope.userId', { kind: 'user', userId: '' }, {}],
    ['scope.deviceId', { kind: 'device', userId: '42', deviceId: 'mine' }, {}],
    ['notBefore', { kind: 'everybody' }, { notBefore: forever }],
    ['note', { kind: 'everybody' }, { note: '' }],
    ['by', { kind: 'everybody' }, { by: '' }],
  ])('is refused for a bad %s', async (field, scope, options) => {
    await expect(sessions.setCutOff(scope as never, options as never)).rejects.toMatchObject({
      code: 'invalid-argument',
      field,
    })
  })

  it('tells its proof before it resolves', async () => {
    const receipts: unknown[] = []
    await sessions.setCutOff({ kind: 'everybody' }, { onReceipt: (receipt) => receipts.push(receipt) })
    expect(receipts).toMatchObject([{ confirmed: 0, fenced: 0 }])
  })
})
