import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { formatToken, newSecret, newSessionId, parseToken, type SessionId } from '../model/session-token.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import { DecoyIds } from './decoy-ids.ts'
import { createSessions, type Sessions } from './sessions.ts'

const unknown = { active: false, reason: 'unknown' }
const away = new LatchkeyError('storage-unavailable', 'the storage is away')

let sessions: Sessions
/** Of each read whether it found something. */
let reads: boolean[]
/** The read that fails; 0: none does. */
let failing: number

async function open(cache: 'memory' | 'none'): Promise<void> {
  reads = []
  failing = 0
  const storage = interceptedStorage(memoryStorage(), async (operation, call) => {
    const result = await call()
    if (operation !== 'sessions.find') return result
    reads.push(result !== null)
    if (reads.length === failing) throw away
    return result
  })
  sessions = await createSessions({ storage, cache, cleanup: 'by-command' })
}

afterEach(() => sessions.close())

const ofNobody = (): string => formatToken({ id: newSessionId('43'), secret: newSecret() })
const withWrongSecret = (id: SessionId): string => formatToken({ id, secret: newSecret() })

async function readsOf(token: string): Promise<boolean[]> {
  reads.length = 0
  expect(await sessions.verifySession(token)).toEqual(unknown)
  return [...reads].sort()
}

describe.each(['memory', 'none'] as const)('a refused token, with cache %s', (cache) => {
  beforeEach(() => open(cache))

  it('costs a read that finds a session and one that finds none, whether there is such a session or not', async () => {
    const { session, token } = await sessions.createSession({ userId: '42' })
    await sessions.verifySession(token)
    for (let time = 0; time < 3; time += 1) {
      expect(await readsOf(ofNobody())).toEqual([false, true])
      expect(await readsOf(withWrongSecret(session.id))).toEqual([false, true])
    }
  })

  it('costs two reads where this process has found no session yet', async () => {
    expect(await readsOf(ofNobody())).toEqual([false, false])
  })

  it('brings nothing into the cache', async () => {
    const { session, token } = await sessions.createSession({ userId: '42' })
    expect(await sessions.verifySession(withWrongSecret(session.id))).toEqual(unknown)
    expect(await sessions.verifySession(ofNobody())).toEqual(unknown)
    expect(sessions.verifyCached(token)).toBeNull()
    expect(sessions.getCacheState().sessions).toBe(0)
  })

  it.each([1, 2])('rejects where read %i of the two fails', async (read) => {
    const { session, token } = await sessions.createSession({ userId: '42' })
    await sessions.verifySession(token)
    for (const refused of [ofNobody(), withWrongSecret(session.id)]) {
      reads.length = 0
      failing = read
      await expect(sessions.verifySession(refused)).rejects.toBe(away)
    }
    failing = 0
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
  })
})

it('an accepted token costs one read where no cache knows it, and none where one does', async () => {
  await open('memory')
  const { token } = await sessions.createSession({ userId: '42' })
  await sessions.verifySession(token)
  expect(reads).toEqual([true])
  await sessions.verifySession(token)
  expect(reads).toEqual([true])
})

it('the secret of one session is of no use for another that is asked for besides', async () => {
  await open('memory')
  const { token } = await sessions.createSession({ userId: '42' })
  await sessions.verifySession(token)
  const { secret = newSecret() } = parseToken(token) ?? {}
  expect(await readsOf(formatToken({ id: newSessionId('42'), secret }))).toEqual([false, true])
})

describe('ids to ask for besides', () => {
  const ids = Array.from({ length: 3 }, (_, index) => newSessionId(`user-${index}`))

  it('are of sessions found before, each as likely, where none was found', () => {
    let chance = 0
    const decoys = new DecoyIds(() => chance)
    for (const id of ids) decoys.noteFound(id)
    const given = [0, 0.4, 0.99].map((next) => {
      chance = next
      return decoys.besides(newSessionId('42'), 'not-found')
    })
    expect(given).toEqual(ids)
  })

  it('are new ones of the same shard, where one was found', () => {
    const decoys = new DecoyIds(Math.random)
    for (const id of ids) decoys.noteFound(id)
    const given = ids.map((id) => decoys.besides(id, 'found'))
    expect(given.map((id) => id.slice(0, 6))).toEqual(ids.map((id) => id.slice(0, 6)))
    expect(new Set([...given, ...ids]).size).toBe(6)
    for (const id of given) expect(id).toMatch(/^ses_[a-z2-7]{24}$/)
  })

  it('are of the last thousand sessions found, and no more', () => {
    const decoys = new DecoyIds(() => 0)
    for (let index = 0; index < 1_024; index += 1) decoys.noteFound(ids[0] as SessionId)
    decoys.noteFound(ids[1] as SessionId)
    expect(decoys.besides(newSessionId('42'), 'not-found')).toBe(ids[1])
  })
})
