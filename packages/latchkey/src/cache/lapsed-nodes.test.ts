import { beforeEach, describe, expect, it } from 'vitest'
import { milliseconds, seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { NodeRegistry } from '../ports/node-registry.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { LapsedNodes } from './lapsed-nodes.ts'

const lease = seconds(2)

let timers: FakeTimers
let calls: string[]
let reported: unknown[]
let fence: NodeRegistry['fence']
let remove: NodeRegistry['remove']
let lapsed: LapsedNodes

beforeEach(() => {
  timers = fakeTimers()
  calls = []
  reported = []
  fence = async (ids) => ids
  remove = async () => undefined
  const registry: NodeRegistry = {
    nodes: async () => [],
    fence(ids) {
      calls.push(`fence ${ids.join(' ')}`)
      return fence(ids)
    },
    remove(ids) {
      calls.push(`remove ${ids.join(' ')}`)
      return remove(ids)
    },
  }
  lapsed = new LapsedNodes(registry, timers, lease, (error) => reported.push(error))
})

/** What came of it by now; undefined when nothing has. */
function outcomeOf(outlasted: Promise<number>): { value?: number; error?: unknown } {
  const outcome: { value?: number; error?: unknown } = {}
  outlasted.then(
    (value) => Object.assign(outcome, { value }),
    (error) => Object.assign(outcome, { error }),
  )
  return outcome
}

describe('outlasting nodes', () => {
  it('fences them, waits a whole lease from the answer on, and takes them out', async () => {
    const fencing = Promise.withResolvers<readonly string[]>()
    fence = () => fencing.promise
    const outcome = outcomeOf(lapsed.outlast(['a', 'b']))
    timers.advance(milliseconds(lease - 1))
    fencing.resolve(['a', 'b'])
    await nextTurn()
    timers.advance(milliseconds(lease - 1))
    await nextTurn()
    expect([outcome, calls]).toEqual([{}, ['fence a b']])
    timers.advance(milliseconds(1))
    await nextTurn()
    expect(outcome).toEqual({ value: 2 })
    expect(calls).toEqual(['fence a b', 'remove a', 'remove b'])
  })

  it('does not wait for one that has left the registry', async () => {
    fence = async () => []
    expect(await lapsed.outlast(['a'])).toBe(0)
    expect(calls).toEqual(['fence a'])
  })

  it('asks for nothing when there are none', async () => {
    expect(await lapsed.outlast([])).toBe(0)
    expect(calls).toEqual([])
  })

  it('that is under way is shared, by whoever fenced them, and counts for both', async () => {
    const first = outcomeOf(lapsed.outlast(['a']))
    await nextTurn()
    timers.advance(seconds(1))
    const second = outcomeOf(lapsed.outlast(['a', 'b']))
    await nextTurn()
    expect(calls).toEqual(['fence a', 'fence b'])
    timers.advance(seconds(1))
    await nextTurn()
    expect([first, second]).toEqual([{ value: 1 }, {}])
    timers.advance(seconds(1))
    await nextTurn()
    expect(second).toEqual({ value: 2 })
  })

  it('begins anew, with a fence, when it was over before', async () => {
    const first = lapsed.outlast(['a'])
    await nextTurn()
    timers.advance(lease)
    await first
    await nextTurn()
    const second = outcomeOf(lapsed.outlast(['a']))
    await nextTurn()
    expect([second, calls]).toEqual([{}, ['fence a', 'remove a', 'fence a']])
  })

  it('rejects when they cannot be fenced, and is tried again by the next', async () => {
    fence = () => Promise.reject(new Error('away'))
    await expect(lapsed.outlast(['a'])).rejects.toThrow('away')
    await nextTurn()
    fence = async () => []
    expect(await lapsed.outlast(['a'])).toBe(0)
  })

  it('rejects when the fencing is not answered for a whole lease', async () => {
    fence = () => new Promise(() => undefined)
    const outlasted = lapsed.outlast(['a'])
    timers.advance(lease)
    await expect(outlasted).rejects.toThrow('did not answer in time')
  })

  it('is done although they cannot be taken out, which is reported', async () => {
    remove = () => Promise.reject(new Error('away'))
    const outlasted = lapsed.outlast(['a'])
    await nextTurn()
    timers.advance(lease)
    expect(await outlasted).toBe(1)
    await nextTurn()
    expect(reported).toHaveLength(1)
  })
})
