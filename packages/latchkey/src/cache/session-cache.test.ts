import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { after, before, instantOf, seconds } from '../foundation/time.ts'
import { newDeviceId } from '../model/device.ts'
import { unknownDevice } from '../model/device-info.ts'
import type { SessionRecord } from '../model/session.ts'
import { secretHashText } from '../model/session-token.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import { SessionCache } from './session-cache.ts'

function put(cache: SessionCache, record: SessionRecord): void {
  cache.finishLoad(cache.startLoad(record.id, now), record)
}

/** Whether the cache answers for that session. */
function has(cache: SessionCache, record: SessionRecord): boolean {
  return cache.get(record.id)?.id === record.id
}

const now = instantOf(0)
const oneDevice = { kind: 'device', userId: '42', deviceId: newDeviceId('42') } as const

let cache: SessionCache
let session: SessionRecord

beforeEach(() => {
  cache = new SessionCache(3)
  session = sampleRecord()
})

describe('what a load brings', () => {
  it('is kept, with everything that is judged and shown', () => {
    const full = sampleRecord({
      amr: ['pwd', 'otp'],
      lastAccessedAt: after(session.createdAt, seconds(1)),
      lifetime: seconds(90),
      secretHash: Uint8Array.from({ length: 32 }, (_, index) => 255 - index),
      authenticatedAt: after(session.createdAt, seconds(2)),
      deviceInfo: { ...unknownDevice, browser: 'Firefox', location: 'Oslo, Norway' },
      deviceId: newDeviceId('42'),
      place: {
        ...{
          country: 'NO',
          region: 'Oslo',
          city: 'Oslo',
          latitude: 59.9,
          longitude: 10.7,
          accuracyRadius: 20,
        },
        network: { asn: 64_496, name: 'Example', kind: 'isp' },
      },
      ipAddress: '192.0.2.1',
      userAgent: 'Mozilla/5.0',
    })
    put(cache, full)
    const { shard, version, addressKey, secretHash, rotation, succeeds, rangeKey, ...facts } = full
    expect(cache.get(full.id)).toMatchObject({ ...facts, secretHash: secretHashText(secretHash) })
  })

  it('is kept with what is not known of it, too', () => {
    put(cache, session)
    const { shard, version, addressKey, secretHash, rotation, succeeds, rangeKey, ...facts } = session
    expect(cache.get(session.id)).toMatchObject(facts)
  })

  it('is not kept when there is nothing to keep, or no room at all', () => {
    cache.finishLoad(cache.startLoad(session.id, now), null)
    expect(cache.size).toBe(0)
    const none = new SessionCache(0)
    put(none, session)
    expect(none.size).toBe(0)
  })

  it('does not take the place of what came meanwhile, which may know of a later use', () => {
    const load = cache.startLoad(session.id, now)
    put(cache, session)
    const kept = cache.get(session.id)
    cache.finishLoad(load, { ...session })
    expect(cache.get(session.id)).toBe(kept)
  })

  it.each([
    ['that session is dropped', () => cache.drop({ kind: 'session', id: session.id, userId: null })],
    ['a device of its user is dropped', () => cache.drop(oneDevice)],
    ['its user is dropped', () => cache.drop({ kind: 'user', userId: '42', except: null })],
    ['everything is dropped', () => cache.clear()],
    ['the cache is closed', () => cache.close()],
  ])('is not kept when %s meanwhile', (_what, drop) => {
    const load = cache.startLoad(session.id, now)
    drop()
    cache.finishLoad(load, session)
    expect(cache.get(session.id)).toBeUndefined()
  })

  it('is kept when another session is dropped meanwhile, or its own was before', () => {
    cache.drop({ kind: 'session', id: session.id, userId: null })
    const load = cache.startLoad(session.id, now)
    cache.drop({ kind: 'session', id: sampleRecord().id, userId: null })
    cache.finishLoad(load, session)
    expect(has(cache, session)).toBe(true)
  })
})

describe('a drop', () => {
  it('of a user lets go of that user only', () => {
    const [other, second] = [sampleRecord({ userId: '43' }), sampleRecord()]
    for (const each of [session, other, second]) put(cache, each)
    cache.drop({ kind: 'user', userId: '42', except: null })
    expect([session, other, second].map((each) => has(cache, each))).toEqual([false, true, false])
  })

  it('of a device lets go of its user', () => {
    const other = sampleRecord({ userId: '43' })
    for (const each of [session, other]) put(cache, each)
    cache.drop(oneDevice)
    expect([session, other].map((each) => has(cache, each))).toEqual([false, true])
  })

  it('of a session leaves the others of its user within reach of a drop of the user', () => {
    const second = sampleRecord()
    put(cache, session)
    put(cache, second)
    cache.drop({ kind: 'session', id: session.id, userId: null })
    expect(has(cache, second)).toBe(true)
    cache.drop({ kind: 'user', userId: '42', except: null })
    expect(cache.size).toBe(0)
  })

  it('of everything leaves nothing for a drop of a user to find, and the cache goes on', () => {
    put(cache, session)
    cache.clear()
    put(cache, session)
    expect(has(cache, session)).toBe(true)
    cache.drop({ kind: 'user', userId: '42', except: null })
    expect(cache.size).toBe(0)
  })
})

describe('a newer use', () => {
  const usedAt = after(instantOf(0), seconds(30))

  it('is taken by the entry that is there, unless that knows of a later one', () => {
    put(cache, session)
    expect(cache.noteUse(session.id, usedAt)).toBe(cache.get(session.id))
    expect(cache.get(session.id)?.lastAccessedAt).toBe(usedAt)
    cache.noteUse(session.id, before(usedAt, seconds(1)))
    expect(cache.get(session.id)?.lastAccessedAt).toBe(usedAt)
  })

  it('brings nothing back that was dropped', () => {
    put(cache, session)
    cache.drop({ kind: 'session', id: session.id, userId: null })
    expect(cache.noteUse(session.id, usedAt)).toBeUndefined()
    expect(cache.size).toBe(0)
  })
})

it('the session unused for longest gives way, as in the plainest model', () => {
  const sessions = Array.from({ length: 6 }, (_, index) => sampleRecord({ userId: `user ${index % 2}` }))
  const steps = fc.array(fc.record({ index: fc.nat(5), put: fc.boolean() }), { maxLength: 60 })
  fc.assert(
    fc.property(steps, (taken) => {
      const bounded = new SessionCache(3)
      let model: SessionRecord[] = []
      for (const { index, put: isPut } of taken) {
        const each = sessions[index]
        if (each === undefined) continue
        const isThere = model.includes(each)
        if (isPut && !isThere) {
          put(bounded, each)
          model = [...model, each].slice(-3)
        } else {
          expect(has(bounded, each)).toBe(isThere)
          if (isThere) model = [...model.filter((other) => other !== each), each]
        }
      }
      for (const each of model) expect(has(bounded, each)).toBe(true)
      expect(bounded.size).toBe(model.length)
    }),
  )
})

it('a session that is in use never gives way to one that is not, whatever the size', () => {
  const inUse = sampleRecord()
  const large = new SessionCache(40)
  put(large, inUse)
  for (let index = 0; index < 200; index += 1) {
    put(large, sampleRecord({ userId: `user ${index}` }))
    expect(has(large, inUse)).toBe(true)
  }
  expect(large.size).toBe(40)
})
