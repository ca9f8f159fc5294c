import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../rules/session-policy.ts'
import { sessionView } from '../rules/session-view.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import { createCoherence } from './coherence.ts'
import { SessionCache } from './session-cache.ts'

const record = sampleRecord()
const now = record.createdAt
const session = { record, view: sessionView(record, defaultPolicy, record.createdAt) }

function filledCache(): SessionCache {
  const cache = new SessionCache(10)
  cache.finishLoad(cache.startLoad(record.id, now), session)
  return cache
}

describe('a storage that nobody else changes', () => {
  it('leaves the cache current until it is told of an ending', () => {
    const cache = filledCache()
    const coherence = createCoherence({ kind: 'exclusive' }, cache)
    expect(coherence.isCurrent()).toBe(true)
    expect(cache.get(record.id)).toBe(session)
    coherence.drop({ kind: 'session', id: record.id, userId: null })
    expect(coherence.isCurrent()).toBe(true)
    expect(cache.get(record.id)).toBeUndefined()
  })
})

describe('a storage that others change without a word', () => {
  it('never lets the cache answer, and keeps nothing in it', () => {
    const cache = filledCache()
    const coherence = createCoherence({ kind: 'unannounced' }, cache)
    expect(coherence.isCurrent()).toBe(false)
    expect(cache.size).toBe(0)
    cache.finishLoad(cache.startLoad(record.id, now), session)
    expect(coherence.isCurrent()).toBe(false)
    expect(cache.size).toBe(0)
  })
})

describe('a storage that counts the changes of others', () => {
  it('empties the cache when the number is another one, and only then', () => {
    let counter = 1
    const cache = new SessionCache(10)
    const coherence = createCoherence({ kind: 'counted', changeCounter: () => counter }, cache)
    coherence.isCurrent()
    cache.finishLoad(cache.startLoad(record.id, now), session)
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
    const coherence = createCoherence({ kind: 'counted', changeCounter: () => counter }, cache)
    coherence.isCurrent()
    const load = cache.startLoad(record.id, now)
    counter = 2
    coherence.isCurrent()
    cache.finishLoad(load, session)
    expect(cache.size).toBe(0)
  })

  it('is not current, and no error, when the counter cannot be read', () => {
    const cache = filledCache()
    const changeCounter = (): number => {
      throw new Error('the file is away')
    }
    const coherence = createCoherence({ kind: 'counted', changeCounter }, cache)
    expect(coherence.isCurrent()).toBe(false)
    expect(coherence.isCurrent()).toBe(false)
    expect(cache.size).toBe(0)
  })
})
