import { beforeEach, describe, expect, it } from 'vitest'
import { instantOf, milliseconds, seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { NodeRegistry, RegisteredNode } from '../ports/node-registry.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { Confirmations, confirmWithin, type EndingReceipt } from './confirmations.ts'
import { LapsedNodes } from './lapsed-nodes.ts'

const lease = seconds(2)

let clock: FakeClock
let timers: FakeTimers
let registered: RegisteredNode[]
let registry: NodeRegistry
let fenced: string[]
let told: EndingReceipt[]
let confirmations: Confirmations

const node = (id: string, isFenced = false): RegisteredNode => ({
  id,
  isFenced,
  name: id,
  registeredAt: instantOf(0),
  sinceRenewal: milliseconds(0),
})

beforeEach(() => {
  clock = fakeClock()
  timers = fakeTimers()
  registered = [node('own')]
  fenced = []
  told = []
  registry = {
    nodes: async () => [...registered],
    async fence(ids) {
      fenced.push(...ids)
      return ids.filter((id) => registered.some((each) => each.id === id))
    },
    remove: async () => undefined,
  }
  const lapsed = new LapsedNodes(registry, timers, lease, () => undefined)
  confirmations = new Confirmations({
    clock,
    timers,
    registry: { nodes: () => registry.nodes() },
    lapsed,
    isOwn: (id) => id === 'own',
    onConfirmed: (receipt) => told.push(receipt),
  })
})

function pass(by: number): Promise<void> {
  clock.advance(milliseconds(by))
  timers.advance(milliseconds(by))
  return nextTurn()
}

interface Outcome {
  receipt?: EndingReceipt
  error?: unknown
}

/** What came of it by now; empty when nothing has. */
function outcomeOf(settled: Promise<EndingReceipt>): Outcome {
  const outcome: Outcome = {}
  settled.then(
    (receipt) => Object.assign(outcome, { receipt }),
    (error) => Object.assign(outcome, { error }),
  )
  return outcome
}

/** A change that is committed; what comes of it. */
async function changed(number = 1): Promise<Outcome> {
  const settled = confirmations.watch()
  confirmations.announcing(number)
  confirmations.committed(number)
  const outcome = outcomeOf(settled())
  await nextTurn()
  return outcome
}

describe('a change', () => {
  it('is final at once where there is no other node', async () => {
    expect(await changed()).toEqual({ receipt: { confirmed: 0, fenced: 0, duration: 0 } })
    expect(told).toHaveLength(1)
    expect([confirmations.unsettled, timers.pending]).toEqual([0, 0])
  })

  it('waits for the confirmation of every other node', async () => {
    registered.push(node('b'), node('c'))
    const outcome = await changed()
    await pass(10)
    confirmations.confirmed(1, 'b')
    await nextTurn()
    expect([outcome, confirmations.unsettled]).toEqual([{}, 1])
    confirmations.confirmed(1, 'c')
    await nextTurn()
    expect(outcome).toEqual({ receipt: { confirmed: 2, fenced: 0, duration: 10 } })
    expect([told.length, fenced, confirmations.unsettled, timers.pending]).toEqual([1, [], 0, 0])
  })

  it('counts what was confirmed before it was known to be committed, and before the registry was read', async () => {
    registered.push(node('b'), node('c'))
    const settled = confirmations.watch()
    confirmations.announcing(1)
    confirmations.confirmed(1, 'b')
    confirmations.committed(1)
    confirmations.confirmed(1, 'c')
    expect(await settled()).toMatchObject({ confirmed: 2, fenced: 0 })
  })

  it('is not confirmed by a node twice, by one for another change, or by one that is not registered', async () => {
    registered.push(node('b'), node('c'))
    const outcome = await changed()
    for (const [number, id] of [
      [1, 'b'],
      [1, 'b'],
      [2, 'c'],
      [1, 'd'],
    ] as const) {
      confirmations.confirmed(number, id)
    }
    await nextTurn()
    expect(outcome).toEqual({})
  })

  it('fences who is silent for 250 ms, and waits a whole lease for them', async () => {
    registered.push(node('b'), node('c'))
    const outcome = await changed()
    confirmations.confirmed(1, 'b')
    await pass(confirmWithin - 1)
    expect(fenced).toEqual([])
    await pass(1)
    expect(fenced).toEqual(['c'])
    confirmations.confirmed(1, 'c')
    await pass(lease - 1)
    expect(outcome).toEqual({})
    await pass(1)
    expect(outcome.receipt).toMatchObject({ fenced: 1, duration: confirmWithin + lease })
  })

  it('fences nobody whose confirmation has arrived when the time is over, and is heard in that turn', async () => {
    registered.push(node('b'))
    const outcome = await changed()
    timers.advance(confirmWithin)
    confirmations.confirmed(1, 'b')
    await nextTurn()
    expect([outcome.receipt?.confirmed, fenced]).toEqual([1, []])
  })

  it('does not wait for one that left the registry instead of confirming', async () => {
    registered.push(node('b'))
    const outcome = await changed()
    registered = [node('own')]
    await pass(confirmWithin)
    expect(outcome.receipt).toMatchObject({ confirmed: 0, fenced: 0 })
  })

  it('waits out a node at once that is fenced already, whatever that one confirms', async () => {
    registered.push(node('b', true))
    const outcome = await changed()
    confirmations.confirmed(1, 'b')
    await pass(lease - 1)
    expect(outcome).toEqual({})
    await pass(1)
    expect(outcome.receipt).toMatchObject({ fenced: 1, duration: lease })
  })

  it('reads the registry after its commit, not before', async () => {
    confirmations.announcing(1)
    registered.push(node('late'))
    confirmations.committed(1)
    const outcome = outcomeOf(confirmations.watch()())
    await nextTurn()
    expect(outcome).toEqual({})
  })

  it('takes no answer of the registry that was asked for before its commit', async () => {
    const answers: PromiseWithResolvers<readonly RegisteredNode[]>[] = []
    registry = {
      ...registry,
      nodes() {
        const answer = Promise.withResolvers<readonly RegisteredNode[]>()
        answers.push(answer)
        return answer.promise
      },
    }
    await changed(1)
    const outcome = await changed(2)
    answers[0]?.resolve([])
    await nextTurn()
    expect([outcome, answers.length]).toEqual([{}, 2])
  })
})

describe('waiting for changes', () => {
  it('includes every one that is committed by then, also of others of this process', async () => {
    registered.push(node('b'))
    await changed(1)
    await changed(2)
    confirmations.confirmed(2, 'b')
    const outcome = outcomeOf(confirmations.watch()())
    await nextTurn()
    expect(outcome).toEqual({})
    confirmations.confirmed(1, 'b')
    await nextTurn()
    expect(outcome.receipt).toMatchObject({ confirmed: 1 })
  })

  it('shares the slowest of those that are waited for together', async () => {
    registered.push(node('b'))
    const settled = confirmations.watch()
    await changed(1)
    await pass(100)
    await changed(2)
    const outcome = outcomeOf(settled())
    confirmations.confirmed(2, 'b')
    confirmations.confirmed(1, 'b')
    await nextTurn()
    expect(outcome.receipt).toEqual({ confirmed: 1, fenced: 0, duration: 100 })
  })

  it('rejects when the registry does not answer, and the next change is another matter', async () => {
    const { nodes } = registry
    const error = new Error('away')
    registry = { ...registry, nodes: () => Promise.reject(error) }
    expect(await changed(1)).toEqual({ error })
    registry = { ...registry, nodes }
    expect(await changed(2)).toMatchObject({ receipt: { confirmed: 0 } })
    expect([told.length, confirmations.unsettled]).toEqual([1, 0])
  })

  it('rejects also when that was known before anybody asked', async () => {
    registry = { ...registry, nodes: () => Promise.reject(new Error('away')) }
    const settled = confirmations.watch()
    confirmations.announcing(1)
    confirmations.committed(1)
    await nextTurn()
    expect(confirmations.unsettled).toBe(0)
    await expect(settled()).rejects.toThrow('away')
    await expect(confirmations.watch()()).resolves.toMatchObject({ confirmed: 0 })
  })

  it('rejects when a silent node cannot be fenced', async () => {
    registered.push(node('b'))
    registry.fence = () => Promise.reject(new Error('away'))
    const outcome = await changed()
    await pass(confirmWithin)
    expect(outcome.error).toEqual(new Error('away'))
  })
})

describe('a change that was abandoned', () => {
  it('is waited for by nobody and counts as confirmed by nobody', async () => {
    registered.push(node('b'))
    confirmations.announcing(1)
    confirmations.abandoned(1)
    confirmations.confirmed(1, 'b')
    confirmations.committed(1)
    expect([confirmations.unsettled, told]).toEqual([0, []])
  })
})

it('nothing is left of changes that are over: a late confirmation of one is of no account', async () => {
  registered.push(node('b'))
  await changed()
  await pass(confirmWithin)
  await pass(lease)
  expect(confirmations.unsettled).toBe(0)
  confirmations.committed(1)
  expect(confirmations.unsettled).toBe(0)
  expect(() => confirmations.confirmed(1, 'b')).not.toThrow()
})

it('rejects an ending whose registry read is not answered, and holds no later one up', async () => {
  const answering = registry.nodes
  registry = { ...registry, nodes: () => new Promise(() => undefined) }
  const first = confirmations.watch()
  confirmations.announcing(1)
  confirmations.committed(1)
  const outcome = outcomeOf(first())
  registry = { ...registry, nodes: answering }
  await pass(lease)
  expect(outcome.error).toMatchObject({ code: 'storage-unavailable' })
  const second = confirmations.watch()
  confirmations.announcing(2)
  confirmations.committed(2)
  expect(await second()).toMatchObject({ confirmed: 0, fenced: 0 })
})
