import { randomBase32 } from '../foundation/bytes.ts'
import type { BulkEndingId } from './bulk-ending.ts'

const pattern = /^blk_[a-z2-7]{26}$/

export function newBulkEndingId(): BulkEndingId {
  return `blk_${randomBase32(26)}`
}

/** Whether the value has the shape of a bulk ending's id; says nothing of whether there is one. */
export function isBulkEndingId(value: unknown): value is BulkEndingId {
  return typeof value === 'string' && pattern.test(value)
}
