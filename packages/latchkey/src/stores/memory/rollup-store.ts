import type { Instant } from '../../foundation/time.ts'
import type { Rollup, RollupMember } from '../../model/rollup.ts'
import type { RollupBatch, RollupQuery, RollupStore } from '../../ports/rollup-store.ts'
import { openRecords, type Records } from './records.ts'

export function memoryRollupStore(records: Records): RollupStore {
  const opened = (): Records => openRecords(records)
  return {
    position: async () => ({ ...opened().rolledUp }),
    apply: async (batch) => {
      const { rolledUp } = opened()
      if (rolledUp.position !== batch.after) return false
      add(records, batch)
      return true
    },
    read: async (query) => read(opened(), query),
    replace: async (from, batch) => {
      const { rolledUp, rollups, rollupMembers } = opened()
      if (rolledUp.position !== batch.upTo) return false
      for (const [key, { start }] of rollups) if (start >= from) rollups.delete(key)
      for (const [key, start] of rollupMembers) if (start >= from) rollupMembers.delete(key)
      add(records, batch)
      return true
    },
    forget: async (interval, before, limit) => {
      const old = olderThan(opened(), interval, before).slice(0, limit)
      for (const rollup of old) records.rollups.delete(keyOf(rollup))
      return old.length
    },
    forgetMembers: async (before, limit) => {
      const { rollupMembers } = opened()
      const old = [...rollupMembers].filter(([, start]) => start < before).slice(0, limit)
      for (const [key] of old) rollupMembers.delete(key)
      return old.length
    },
    countBefore: async (interval, before, most) =>
      Math.min(most, olderThan(opened(), interval, before).length),
  }
}

function add({ rollups, rollupMembers, rolledUp }: Records, batch: Omit<RollupBatch, 'after'>): void {
  const addOne = (rollup: Rollup): void => {
    const key = keyOf(rollup)
    const present = rollups.get(key)
    const { count, sum } = present ?? { count: 0, sum: 0 }
    rollups.set(key, { ...rollup, count: count + rollup.count, sum: sum + rollup.sum })
  }
  for (const rollup of batch.rollups) addOne(rollup)
  for (const member of batch.members) {
    const key = memberKeyOf(member)
    if (rollupMembers.has(key)) continue
    rollupMembers.set(key, member.start)
    const { interval, start, measure } = member
    addOne({ interval, start, measure, dimension: 'all', value: '', count: 1, sum: 0 })
  }
  rolledUp.position = batch.upTo
  rolledUp.since = rolledUp.since === null || batch.since < rolledUp.since ? batch.since : rolledUp.since
}

function keyOf({ interval, start, measure, dimension, value }: Omit<Rollup, 'count' | 'sum'>): string {
  return JSON.stringify([interval, start, measure, dimension, value])
}

function memberKeyOf({ interval, start, measure, member }: RollupMember): string {
  return JSON.stringify([interval, start, measure, member])
}

function read({ rollups }: Records, query: RollupQuery): readonly Rollup[] {
  const { interval, from, until, measures, dimensions } = query
  return [...rollups.values()]
    .filter((rollup) => rollup.interval === interval && rollup.start >= from && rollup.start < until)
    .filter(({ measure }) => measures.length === 0 || measures.includes(measure))
    .filter(({ dimension }) => dimensions.length === 0 || dimensions.includes(dimension))
    .sort(inOrder)
}

function inOrder(a: Rollup, b: Rollup): number {
  return (
    a.start - b.start ||
    compare(a.measure, b.measure) ||
    compare(a.dimension, b.dimension) ||
    compare(a.value, b.value)
  )
}

/** By bytes, as databases do. */
function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function olderThan({ rollups }: Records, interval: Rollup['interval'], before: Instant): Rollup[] {
  return [...rollups.values()]
    .filter((rollup) => rollup.interval === interval && rollup.start < before)
    .sort(inOrder)
}
