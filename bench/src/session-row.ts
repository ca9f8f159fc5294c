import { createHash, randomBytes } from 'node:crypto'

/** What a row of `user_sessions` is filled with where the bench writes it by itself, without Latchkey. */
export interface PlainRow {
  readonly id: string
  readonly userId: string
  readonly shard: number
  readonly secretHash: Uint8Array
  readonly createdAt: number
  readonly expiresAt: number
}

/** As `createSession` makes it of a user id and nothing else. */
export const plainDevice: string = JSON.stringify({
  type: 'unknown',
  browser: 'unknown',
  browser_version: null,
  os: 'unknown',
  os_version: null,
  location: null,
})

const letters = 'abcdefghijklmnopqrstuvwxyz234567'
const thirtyDays = 2_592_000_000

export function plainRow(userId: string): PlainRow {
  const [first = 0, second = 0] = createHash('sha256').update(userId).digest()
  const shard = (first << 2) | (second >>> 6)
  const prefix = `${letters[shard >>> 5]}${letters[shard & 31]}`
  const random = Array.from(randomBytes(22), (byte) => letters[byte & 31]).join('')
  const createdAt = Date.now()
  return {
    id: `ses_${prefix}${random}`,
    userId,
    shard,
    secretHash: randomBytes(32),
    createdAt,
    expiresAt: createdAt + thirtyDays,
  }
}
