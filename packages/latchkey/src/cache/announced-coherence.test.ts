import { beforeEach, describe, expect, it } from 'vitest'
import { milliseconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { SessionRecord } from '../model/session.ts'
import type { SessionSelection } from '../model/session-filter.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import { announcedCoherence } from './announced-coherence.ts'
import type { Coherence, CoherenceSurroundings } from './coherence.ts'
import { confirmWithin } from './confirmations.ts'
import { FakeProcess, pass } from './fake-process.fake.ts'
import { FakeBus, type FakeConnection } from './invalidation-bus.fake.ts'
import { leaseDuration } from './lease.ts'
import { SessionCache } from './session-cache.ts'

const record = sampleRecord()
const one: SessionSelection = { kind: 'session', id: record.id, userId: null }
const allOfUser: SessionSelection = { kind: 'user', userId: record.userId, except: null }

let bus: FakeBus
let process: FakeProcess
let cache: SessionCache
let reported: unknown[]
let coherence: Coherence

beforeEach(() => {
  process = new FakeProcess('A')
  bus = new FakeBus(
    async () => undefined,
    () => process.clock.monotonic(),
  )
  reported = []
  coherence = coherenceOf('memory')
})

function coherenceOf(caching: CoherenceSurroundings['caching']): Coherence {
  cache = new SessionCache(10)
  return announcedCoherence(
    { kind: 'announced', bus: bus.busOf(process), nodes: bus.registryOf(process) },
    cache,
    {
      clock: process.clock,
      timers: process.timers,
      caching,
      onConfirmed: () => undefined,
      onLeaseChange: () => undefined,
      report: (error) => reported.push(error),
    },
  )
}

function put(kept: SessionRecord): void {
  cache.finishLoad(cache.startLoad(kept.id, kept.createdAt), kept)
}

function connection(): FakeConnection {
  const found = bus.connections.get('A')
  if (found === undefined) throw new Error('A hears nothing')
  return found
}

/** Another process, and who confirms its changes, with what the cache held at that time. */
function listening(): { readonly confirmedBy: string[]; readonly sizes: number[] } {
  const heard = { confirmedBy: [] as string[], sizes: [] as number[] }
  const ignore = (): void => undefined
  void bus.busOf(new FakeProcess('B')).join({
    hearing: ignore,
    lost: ignore,
    invalidated: ignore,
    announcing: ignore,
    committed: ignore,
    abandoned: ignore,
    confirmed: (_number, nodeId) => heard.confirmedBy.push(nodeId),
  })
  const { confirm } = bus
  bus.confirm = (...values) => {
    heard.sizes.push(cache.size)
    confirm.apply(bus, values)
  }
  return heard
}

describe('among processes that announce their changes', () => {
  it('the cache is current once this node is registered', async () => {
    expect(coherence.isCurrent()).toBe(false)
    expect(coherence.state()).toEqual({ lease: 'not-held', nodeId: null, unconfirmed: 0 })
    await coherence.open()
    await nextTurn()
    expect(coherence.isCurrent()).toBe(true)
    expect(bus.registered.map(({ id }) => id)).toEqual([coherence.state().nodeId])
    expect(coherence.state().lease).toBe('held')
  })

  it.each([
    ['a session', one],
    ['a user', allOfUser],
  ])(
    'what another one changed of %s is gone before it is confirmed, in the name of this node',
    async (_what, selection) => {
      await coherence.open()
      await nextTurn()
      const heard = listening()
      put(record)
      const load = cache.startLoad(record.id, record.createdAt)
      bus.announce({ from: 'B', number: 7, selections: [selection] })
      await nextTurn()
      cache.finishLoad(load, record)
      expect(cache.size).toBe(0)
      expect(heard.confirmedBy).toEqual([coherence.state().nodeId])
      expect(heard.sizes).toEqual([0])
    },
  )

  it('every selection of a change is gone in the moment in which it is confirmed', async () => {
    const sizes: number[] = []
    const second = sampleRecord({ userId: '43' })
    const { busOf } = bus
    bus.busOf = (user) => ({
      join: (ears) =>
        busOf.call(bus, user).join({
          ...ears,
          invalidated: (selections) => ears.invalidated(selections, () => sizes.push(cache.size)),
        }),
    })
    coherence = coherenceOf('memory')
    await coherence.open()
    await nextTurn()
    put(record)
    put(second)
    bus.announce({ from: 'B', number: 7, selections: [one, { ...one, id: second.id }] })
    await nextTurn()
    expect(sizes).toEqual([0])
  })

  it('the cache is empty when the node is registered anew, what was being loaded included', async () => {
    await coherence.open()
    await nextTurn()
    put(record)
    const load = cache.startLoad(sampleRecord().id, record.createdAt)
    const before = coherence.state().nodeId
    connection().lose()
    await nextTurn()
    expect(coherence.isCurrent()).toBe(true)
    expect(coherence.state().nodeId).not.toBe(before)
    cache.finishLoad(load, record)
    expect(cache.size).toBe(0)
    expect(bus.registered).toHaveLength(1)
  })

  it('a node that was fenced goes on under another id, with an empty cache', async () => {
    await coherence.open()
    await nextTurn()
    put(record)
    const before = String(coherence.state().nodeId)
    bus.fence([before])
    pass([process], milliseconds(500))
    await nextTurn()
    expect([coherence.isCurrent(), cache.size]).toEqual([true, 0])
    expect(bus.registered.map(({ id }) => id)).toEqual([coherence.state().nodeId])
    expect(bus.registered[0]?.isFenced).toBe(false)
  })

  it('nodes that have not renewed for long are outlasted before anybody ends anything', async () => {
    await coherence.open()
    await nextTurn()
    bus.register('gone', [])
    for (let half = 0; half < 20; half += 1) {
      pass([process], milliseconds(500))
      await nextTurn()
    }
    expect(bus.registered.map(({ id }) => id)).toEqual([coherence.state().nodeId])
  })

  it('a process that closes leaves the registry, and what it waits for is over', async () => {
    await coherence.open()
    await nextTurn()
    await coherence.close()
    expect([coherence.isCurrent(), bus.registered]).toEqual([false, []])
  })
})

describe('a process that caches nothing', () => {
  it('is registered nowhere, so that nobody waits for it, and hears all the same', async () => {
    coherence = coherenceOf('none')
    await coherence.open()
    await nextTurn()
    expect([bus.registered, coherence.isCurrent(), coherence.state().nodeId]).toEqual([[], false, null])
    expect(bus.connections.has('A')).toBe(true)
  })

  it('opens although nothing can be heard, which is reported', async () => {
    const deaf = { join: () => Promise.reject(new Error('unheard')) }
    const sharing = { kind: 'announced', bus: deaf, nodes: bus.registryOf(process) } as const
    const surroundings = {
      clock: process.clock,
      timers: process.timers,
      onConfirmed: () => undefined,
      onLeaseChange: () => undefined,
      report: (error: unknown) => reported.push(error),
    }
    await announcedCoherence(sharing, cache, { ...surroundings, caching: 'none' }).open()
    expect(reported).toHaveLength(1)
    const cached = announcedCoherence(sharing, cache, { ...surroundings, caching: 'memory' })
    await expect(cached.open()).rejects.toThrow('unheard')
  })
})

it('a lease and a confirmation together bound every ending', () => {
  expect(confirmWithin + leaseDuration).toBe(2_250)
})
