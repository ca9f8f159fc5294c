import { describe, expect, it } from 'vitest'
import { fakeClock } from '../testing/fake-clock.ts'
import { fakeTimers } from '../testing/fake-timers.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import type { CoherenceSurroundings } from './coherence.ts'
import { createCoherence } from './create-coherence.ts'
import { SessionCache } from './session-cache.ts'

const record = sampleRecord()
const now = record.createdAt

/** Where no other process has to be asked, nothing of this is used. */
function alone(): CoherenceSurroundings {
  const ignore = (): void => undefined
  return {
    clock: fakeClock(),
    timers: fakeTimers(),
    caching: 'memory',
    onConfirmed: ignore,
    onLeaseChange: ignore,
    report: ignore,
  }
}

function filledCache(): SessionCache {
  const cache = new SessionCache(10)
  cache.finishLoad(cache.startLoad(record.id, now), record)
  return cache
}

describe('a storage that nobody else changes', () => {
  it('leaves the cache current until it is told of an ending', () => {
    const cache = filledCache()
    const coherence = createCoherence({ kind: 'exclusive' }, cache, alone())
    expect(coherence.isCurrent()).toBe(true)
    expect(cache.get(record.id)?.userId).toBe(record.userId)
    coherence.drop({ kind: 'session', id: record.id, userId: null })
    expect(coherence.isCurrent()).toBe(true)
    expect(cache.get(record.id)).toBeUndefined()
  })
})

describe('a storage that others change without a word', () => {
  it('never lets the cache answer, and keeps nothing in it', () => {
    const cache = filledCache()
    const coherence = createCoherence({ kind: 'unannounced' }, cache, alone())
    expect(coherence.isCurrent()).toBe(false)
    expect(cache.size).toBe(0)
    cache.finishLoad(cache.startLoad(record.id, now), record)
    expect(coherence.isCurrent()).toBe(false)
    expect(cache.size).toBe(0)
  })
})

describe('a storage that counts the changes of others', () => {
  it('empties the cache when the number is another one, and only then', () => {
    let counter = 1
    const cache = new SessionCache(10)
    const coherence = createCoherence({ kind: 'counted', changeCounter: () => counter }, cache, alone())
    coherence.isCurrent()
    cache.finishLoad(cache.startLoad(record.id, now), record)
    expect(coherence.isCurrent()).toBe(true)
    expect(cache.size).toBe(1)
    counter = 2
    expect(coherence.isCurrent()).toBe(false)
    expect(cache.size).toBe(0)
    expect(coherence.isCurrent()).toBe(true)
  })

  it('does not keep what was being loaded while another process changed something', () => {
    let counter = 1
    const cache = new SessionCache(10)
    const coherence = createCoherence({ kind: 'counted', changeCounter: () => counter }, cache, alone())
    coherence.isCurrent()
    const load = cache.startLoad(record.id, now)
    counter = 2
    coherence.isCurrent()
    cache.finishLoad(load, record)
    expect(cache.size).toBe(0)
  })

  it('is not current, and no error, when the counter cannot be read', () => {
    const cache = filledCache()
    const changeCounter = (): number => {
      throw new Error('the file is away')
    }
    const coherence = createCoherence({ kind: 'counted', changeCounter }, cache, alone())
    expect(coherence.isCurrent()).toBe(false)
    expect(coherence.isCurrent()).toBe(false)
    expect(cache.size).toBe(0)
  })
})
