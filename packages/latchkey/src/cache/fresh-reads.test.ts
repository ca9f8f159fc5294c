import { describe, expect, it } from 'vitest'
import { nextTurn } from '../foundation/timers.ts'
import { freshReads } from './fresh-reads.ts'

function readsByHand(): { read: () => Promise<number>; begun: PromiseWithResolvers<number>[] } {
  const begun: PromiseWithResolvers<number>[] = []
  const read = (): Promise<number> => {
    const answer = Promise.withResolvers<number>()
    begun.push(answer)
    return answer.promise
  }
  return { read, begun }
}

describe('a fresh read', () => {
  it('begins at once when none is under way', () => {
    const { read, begun } = readsByHand()
    const fresh = freshReads(read)
    void fresh()
    expect(begun).toHaveLength(1)
  })

  it('never brings what a read brings that began before the call', async () => {
    const { read, begun } = readsByHand()
    const fresh = freshReads(read)
    const first = fresh()
    const second = fresh()
    begun[0]?.resolve(1)
    expect(await first).toBe(1)
    await nextTurn()
    expect(begun).toHaveLength(2)
    begun[1]?.resolve(2)
    expect(await second).toBe(2)
  })

  it('is shared by all who call while one is under way', async () => {
    const { read, begun } = readsByHand()
    const fresh = freshReads(read)
    void fresh()
    const waiting = [fresh(), fresh(), fresh()]
    begun[0]?.resolve(1)
    await nextTurn()
    begun[1]?.resolve(2)
    expect(await Promise.all(waiting)).toEqual([2, 2, 2])
    expect(begun).toHaveLength(2)
  })

  it('is another one for whoever calls while the shared one is under way', async () => {
    const { read, begun } = readsByHand()
    const fresh = freshReads(read)
    void fresh()
    void fresh()
    begun[0]?.resolve(1)
    await nextTurn()
    const third = fresh()
    begun[1]?.resolve(2)
    await nextTurn()
    begun[2]?.resolve(3)
    expect(await third).toBe(3)
  })

  it('is begun all the same when the one before it failed, whose failure is its callers own', async () => {
    const { read, begun } = readsByHand()
    const fresh = freshReads(read)
    const first = fresh()
    const second = fresh()
    begun[0]?.reject(new Error('away'))
    await expect(first).rejects.toThrow('away')
    await nextTurn()
    begun[1]?.resolve(2)
    expect(await second).toBe(2)
  })
})
