import { beforeEach, describe, expect, it } from 'vitest'
import { milliseconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { type Lease, leaseDuration, renewEvery } from './lease.ts'
import { fenced, held, LeaseUnderTest, usable } from './lease-under-test.fake.ts'

let tested: LeaseUnderTest
let lease: Lease

beforeEach(() => {
  tested = new LeaseUnderTest()
  lease = tested.lease
})

describe('a node that was fenced', () => {
  it('holds no lease at once, and registers under another id on the same connection', async () => {
    const connection = await tested.begun()
    tested.pass(renewEvery)
    connection.renewals[0]?.answer(fenced)
    await nextTurn()
    expect(lease.isHeld()).toBe(false)
    expect(tested.changes.at(-1)).toEqual({ kind: 'over', reason: 'fenced' })
    expect(connection.registrations[1]?.asked).toEqual([lease.nodeId, [connection.id()]])
    expect(connection.id(1)).not.toBe(connection.id())
  })

  it('forgets everything when the new registration is answered, and not when it is asked for', async () => {
    const connection = await tested.begun()
    tested.pass(renewEvery)
    connection.renewals[0]?.answer(fenced)
    await nextTurn()
    expect(tested.forgotten).toBe(1)
    connection.registrations[1]?.answer()
    await nextTurn()
    expect([tested.forgotten, lease.isHeld()]).toEqual([2, true])
    expect(tested.changes.at(-1)).toEqual({ kind: 'held', nodeId: connection.id(1) })
  })
})

describe('a lost connection', () => {
  it('lets the lease run on to its end, no longer, and renews nothing', async () => {
    const connection = await tested.begun()
    lease.lose()
    tested.pass(milliseconds(usable - 1))
    expect([lease.isHeld(), tested.changes.length]).toEqual([true, 1])
    tested.pass(milliseconds(1))
    expect(lease.isHeld()).toBe(false)
    expect(tested.changes.at(-1)).toEqual({ kind: 'over', reason: 'connection-lost' })
    expect(connection.renewals).toHaveLength(0)
  })

  it('is followed by a registration that takes out every id from before, without a lease until it is answered', async () => {
    const first = await tested.begun()
    lease.lose()
    const second = tested.begin()
    expect(lease.isHeld()).toBe(false)
    expect(tested.changes.at(-1)).toEqual({ kind: 'over', reason: 'connection-lost' })
    lease.lose()
    const third = tested.begin()
    expect(third.registrations[0]?.asked).toEqual([lease.nodeId, [first.id(), second.id()]])
    third.registrations[0]?.answer()
    await nextTurn()
    expect([lease.isHeld(), lease.ownIds.includes(first.id())]).toEqual([true, false])
    expect(tested.changes.map(({ kind }) => kind)).toEqual(['held', 'over', 'held'])
  })

  it('takes a renewal with it that is answered after it was lost', async () => {
    const connection = await tested.begun()
    tested.pass(renewEvery)
    lease.lose()
    connection.renewals[0]?.answer(held)
    await nextTurn()
    tested.clock.advance(milliseconds(usable - renewEvery))
    expect(lease.isHeld()).toBe(false)
  })

  it('takes a registration with it that is answered when another one is under way', async () => {
    const late = tested.begin()
    lease.lose()
    tested.begin()
    late.registrations[0]?.answer()
    await nextTurn()
    expect([lease.isHeld(), tested.forgotten]).toEqual([false, 0])
  })

  it('is given up when it does not answer the registration', async () => {
    const connection = tested.begin()
    tested.pass(leaseDuration)
    await nextTurn()
    expect(connection.isAbandoned).toBe(true)
  })
})

describe('closing', () => {
  it('gives the lease up before the node leaves the registry', async () => {
    const connection = await tested.begun()
    const closed = lease.close()
    expect(lease.isHeld()).toBe(false)
    expect(tested.changes.at(-1)).toEqual({ kind: 'over', reason: 'closed' })
    expect(connection.leavings[0]?.asked).toEqual([[connection.id()]])
    connection.leavings[0]?.answer()
    await closed
    expect(tested.timers.pending).toBe(0)
  })

  it('has given the lease up when leaving is asked for', async () => {
    const connection = await tested.begun()
    const wasHeld: boolean[] = []
    connection.leave = async () => void wasHeld.push(lease.isHeld())
    await lease.close()
    expect(wasHeld).toEqual([false])
  })

  it('waits a lease, no longer, for a connection that does not answer', async () => {
    const connection = await tested.begun()
    const closed = lease.close()
    tested.pass(leaseDuration)
    await closed
    expect(connection.isAbandoned).toBe(true)
  })

  it('reports that it could not leave', async () => {
    const connection = await tested.begun()
    const closed = lease.close()
    connection.leavings[0]?.refuse()
    await closed
    expect(tested.reported).toHaveLength(1)
  })

  it('takes out a registration, too, that is not answered yet, and holds nothing when it is', async () => {
    const connection = tested.begin()
    const closed = lease.close()
    expect(connection.leavings[0]?.asked).toEqual([[connection.id()]])
    connection.registrations[0]?.answer()
    connection.leavings[0]?.answer()
    await closed
    expect([lease.isHeld(), tested.changes]).toEqual([false, []])
  })

  it('is for good: a connection that comes back is not registered', async () => {
    await lease.close()
    expect(tested.begin().registrations).toHaveLength(0)
  })
})
