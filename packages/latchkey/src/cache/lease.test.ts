import { beforeEach, describe, expect, it } from 'vitest'
import { after, before, milliseconds, seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { type Lease, leaseDuration, overdueAfter, renewEvery } from './lease.ts'
import { held, LeaseUnderTest, usable } from './lease-under-test.fake.ts'

let tested: LeaseUnderTest
let lease: Lease

beforeEach(() => {
  tested = new LeaseUnderTest()
  lease = tested.lease
})

describe('a lease', () => {
  it('is held once the registration is answered, and everything is forgotten then, not before', async () => {
    const connection = tested.begin()
    await nextTurn()
    expect([lease.isHeld(), tested.forgotten, tested.changes]).toEqual([false, 0, []])
    expect(connection.registrations[0]?.asked).toEqual([lease.nodeId, []])
    connection.registrations[0]?.answer()
    await nextTurn()
    expect([lease.isHeld(), tested.forgotten]).toEqual([true, 1])
    expect(tested.changes).toEqual([{ kind: 'held', nodeId: lease.nodeId }])
  })

  it('counts from before the registration was asked for', async () => {
    const connection = tested.begin()
    tested.pass(seconds(1))
    connection.registrations[0]?.answer()
    await nextTurn()
    tested.clock.advance(milliseconds(usable - seconds(1) - 1))
    expect(lease.isHeld()).toBe(true)
    tested.clock.advance(milliseconds(1))
    expect(lease.isHeld()).toBe(false)
  })

  it('ends five in a hundred before it is over in the registry, whether or not a timer says so', async () => {
    await tested.begun()
    tested.clock.advance(milliseconds(usable - 1))
    expect(lease.isHeld()).toBe(true)
    tested.clock.advance(milliseconds(1))
    expect(lease.isHeld()).toBe(false)
  })

  it('is over when the wall clock says so, as after a suspension, until the next renewal; one set back prolongs nothing', async () => {
    const connection = await tested.begun()
    tested.clock.set(after(tested.clock.now(), usable))
    expect(lease.isHeld()).toBe(false)
    tested.timers.advance(renewEvery)
    connection.renewals[0]?.answer(held)
    await nextTurn()
    expect(lease.isHeld()).toBe(true)
    tested.clock.set(before(tested.clock.now(), seconds(3_600)))
    tested.clock.advance(usable)
    expect(lease.isHeld()).toBe(false)
  })

  it('says once why it cannot be had, and again after it was held', async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      tested.begin().registrations[0]?.refuse()
      await nextTurn()
    }
    expect(tested.reported).toHaveLength(1)
    const connection = await tested.begun()
    tested.pass(renewEvery)
    connection.renewals[0]?.refuse()
    await nextTurn()
    expect(tested.reported).toHaveLength(2)
  })

  it('is held by a node with another id each time, and knows each of its own that may be registered', async () => {
    const first = await tested.begun()
    lease.lose()
    const second = tested.begin()
    expect(second.id()).not.toBe(first.id())
    expect(lease.ownIds.includes(first.id())).toBe(true)
    expect(lease.ownIds.includes(second.id())).toBe(true)
    expect(lease.ownIds.includes('another')).toBe(false)
  })
})

describe('a renewal', () => {
  it('is asked for every half second, and the lease counts from before it was asked for', async () => {
    const connection = await tested.begun()
    tested.pass(milliseconds(renewEvery - 1))
    expect(connection.renewals).toHaveLength(0)
    tested.pass(milliseconds(1))
    expect(connection.renewals[0]?.asked).toEqual([lease.nodeId, overdueAfter])
    tested.pass(seconds(1))
    connection.renewals[0]?.answer(held)
    await nextTurn()
    tested.clock.advance(milliseconds(usable - seconds(1) - 1))
    expect(lease.isHeld()).toBe(true)
    tested.clock.advance(milliseconds(1))
    expect(lease.isHeld()).toBe(false)
  })

  it('is followed by the next, forgets nothing, and is told to nobody', async () => {
    const connection = await tested.begun()
    for (const at of [0, 1, 2, 3, 4]) {
      tested.pass(renewEvery)
      connection.renewals[at]?.answer(held)
      await nextTurn()
    }
    expect(connection.renewals).toHaveLength(5)
    expect([lease.isHeld(), tested.forgotten, tested.changes.length]).toEqual([true, 1, 1])
  })

  it('that is late lets the lease end, and brings it back', async () => {
    const connection = await tested.begun()
    tested.pass(renewEvery)
    tested.pass(milliseconds(usable - renewEvery))
    expect(tested.changes.at(-1)).toEqual({ kind: 'over', reason: 'not-renewed' })
    connection.renewals[0]?.answer(held)
    await nextTurn()
    expect(lease.isHeld()).toBe(true)
    expect(tested.changes.map(({ kind }) => kind)).toEqual(['held', 'over', 'held'])
    expect(tested.forgotten).toBe(1)
  })

  it('that is not answered for a whole lease gives the connection up', async () => {
    const connection = await tested.begun()
    tested.pass(renewEvery)
    tested.pass(milliseconds(leaseDuration - 1))
    await nextTurn()
    expect(connection.isAbandoned).toBe(false)
    tested.pass(milliseconds(1))
    await nextTurn()
    expect(connection.isAbandoned).toBe(true)
    connection.renewals[0]?.answer(held)
    await nextTurn()
    expect(lease.isHeld()).toBe(false)
  })

  it('that is refused gives the connection up, and the lease runs on to its end', async () => {
    const connection = await tested.begun()
    tested.pass(renewEvery)
    connection.renewals[0]?.refuse()
    await nextTurn()
    expect([connection.isAbandoned, lease.isHeld()]).toEqual([true, true])
    tested.pass(milliseconds(usable - renewEvery))
    expect(lease.isHeld()).toBe(false)
  })

  it('hands on which other nodes have not renewed for too long', async () => {
    const connection = await tested.begun()
    tested.pass(renewEvery)
    connection.renewals[0]?.answer(held)
    await nextTurn()
    expect(tested.overdue).toEqual([])
    tested.pass(renewEvery)
    connection.renewals[1]?.answer({ isHeld: true, overdue: ['gone'] })
    await nextTurn()
    expect(tested.overdue).toEqual([['gone']])
  })
})
