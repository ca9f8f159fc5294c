import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { after, instantOf, seconds } from '../foundation/time.ts'
import { defaultPolicy } from '../rules/session-policy.ts'
import { sessionView } from '../rules/session-view.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import { type CachedSession, SessionCache } from './session-cache.ts'

function cachedSession(userId = '42'): CachedSession {
  const record = sampleRecord({ userId })
  return { record, view: sessionView(record, defaultPolicy, record.createdAt) }
}

function put(cache: SessionCache, session: CachedSession): void {
  cache.finishLoad(cache.startLoad(session.record.id, now), session)
}

const now = instantOf(0)

let cache: SessionCache
let session: CachedSession

beforeEach(() => {
  cache = new SessionCache(3)
  session = cachedSession()
})

describe('what a load brings', () => {
  it('is kept', () => {
    put(cache, session)
    expect(cache.get(session.record.id)).toBe(session)
  })

  it('is not kept when there is nothing to keep, or no room at all', () => {
    cache.finishLoad(cache.startLoad(session.record.id, now), null)
    expect(cache.size).toBe(0)
    const none = new SessionCache(0)
    put(none, session)
    expect(none.size).toBe(0)
  })

  it('does not take the place of what came meanwhile, which may know of a later use', () => {
    const load = cache.startLoad(session.record.id, now)
    put(cache, session)
    cache.finishLoad(load, { ...session })
    expect(cache.get(session.record.id)).toBe(session)
  })

  it.each([
    ['that session is dropped', () => cache.drop({ kind: 'session', id: session.record.id, userId: null })],
    ['its user is dropped', () => cache.drop({ kind: 'user', userId: '42', except: null })],
    ['everything is dropped', () => cache.clear()],
    ['the cache is closed', () => cache.close()],
  ])('is not kept when %s meanwhile', (_what, drop) => {
    const load = cache.startLoad(session.record.id, now)
    drop()
    cache.finishLoad(load, session)
    expect(cache.get(session.record.id)).toBeUndefined()
  })

  it('is kept when another session is dropped meanwhile, or its own was before', () => {
    cache.drop({ kind: 'session', id: session.record.id, userId: null })
    const load = cache.startLoad(session.record.id, now)
    cache.drop({ kind: 'session', id: cachedSession().record.id, userId: null })
    cache.finishLoad(load, session)
    expect(cache.get(session.record.id)).toBe(session)
  })
})

describe('a drop', () => {
  it('of a user lets go of that user only', () => {
    const [other, second] = [cachedSession('43'), cachedSession()]
    for (const each of [session, other, second]) put(cache, each)
    cache.drop({ kind: 'user', userId: '42', except: null })
    expect([session, other, second].map(({ record }) => cache.get(record.id))).toEqual([
      undefined,
      other,
      undefined,
    ])
  })

  it('of a session leaves the others of its user within reach of a drop of the user', () => {
    const second = cachedSession()
    put(cache, session)
    put(cache, second)
    cache.drop({ kind: 'session', id: session.record.id, userId: null })
    expect(cache.get(second.record.id)).toBe(second)
    cache.drop({ kind: 'user', userId: '42', except: null })
    expect(cache.size).toBe(0)
  })
})

describe('a newer use', () => {
  const used = (of: CachedSession): CachedSession => ({
    ...of,
    record: { ...of.record, lastAccessedAt: after(of.record.createdAt, seconds(30)) },
  })

  it('is taken by the entry that is there, whichever that is', () => {
    put(cache, session)
    cache.refresh(session.record.id, used)
    expect(cache.get(session.record.id)).toEqual(used(session))
  })

  it('brings nothing back that was dropped', () => {
    put(cache, session)
    cache.drop({ kind: 'session', id: session.record.id, userId: null })
    cache.refresh(session.record.id, used)
    expect(cache.size).toBe(0)
  })
})

it('the session unused for longest gives way, as in the plainest model', () => {
  const sessions = Array.from({ length: 6 }, (_, index) => cachedSession(`user ${index % 2}`))
  const steps = fc.array(fc.record({ index: fc.nat(5), put: fc.boolean() }), { maxLength: 60 })
  fc.assert(
    fc.property(steps, (taken) => {
      const bounded = new SessionCache(3)
      let model: CachedSession[] = []
      for (const { index, put: isPut } of taken) {
        const each = sessions[index]
        if (each === undefined) continue
        const isThere = model.includes(each)
        if (isPut && !isThere) {
          put(bounded, each)
          model = [...model, each].slice(-3)
        } else {
          expect(bounded.get(each.record.id)).toBe(isThere ? each : undefined)
          if (isThere) model = [...model.filter((other) => other !== each), each]
        }
      }
      for (const each of model) expect(bounded.get(each.record.id)).toBe(each)
      expect(bounded.size).toBe(model.length)
    }),
  )
})

it('a session that is in use never gives way to one that is not, whatever the size', () => {
  const inUse = cachedSession()
  const large = new SessionCache(40)
  put(large, inUse)
  for (let index = 0; index < 200; index += 1) {
    put(large, cachedSession(`user ${index}`))
    expect(large.get(inUse.record.id)).toBe(inUse)
  }
  expect(large.size).toBe(40)
})
