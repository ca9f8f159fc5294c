import {
  base32,
  fromBase64Url,
  randomBase32,
  randomSecret,
  sha256,
  toBase64Url,
} from '../foundation/bytes.ts'

/**
 * The public name of a session: `ses_`, two base32 characters of the user's shard, twenty-two of randomness
 * (110 bits). Stable, shown in lists and URLs, and no secret.
 */
export type SessionId = `ses_${string}`

/** `<id>.<secret>`: the secret is 32 random bytes in base64url. The store keeps its SHA-256 only. */
export interface SessionToken {
  readonly id: SessionId
  readonly secret: Uint8Array
}

/** Ten bits: enough to spread users over a thousand partitions, few enough to list. */
export const shardCount = 1024

export const secretByteLength = 32

const idPattern = /^ses_[a-z2-7]{24}$/
/**
 * The 43 characters of the secret carry two spare bits, in the last one. Only those that leave them at zero are
 * taken, so that each token has one spelling.
 */
const tokenPattern = /^ses_[a-z2-7]{24}\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/
const idLength = 28
/** 4 + 24 + 1 + 43: what is longer is refused before any pattern looks at it. */
const tokenLength = 72

const shardPrefixes = new Map<string, number>()
for (let shard = 0; shard < shardCount; shard += 1) shardPrefixes.set(shardCharacters(shard), shard)

function shardCharacters(shard: number): string {
  return base32(Uint8Array.of(shard >>> 2, (shard & 3) << 6), 2)
}

/** The first 10 bits of SHA-256 of the user id. */
export function shardOfUser(userId: string): number {
  const [first = 0, second = 0] = sha256(userId)
  return (first << 2) | (second >>> 6)
}

/** The shard that the id names, which is that of its user. */
export function shardOfSession(id: SessionId): number {
  return shardPrefixes.get(id.slice(4, 6)) ?? 0
}

export function newSessionId(userId: string): SessionId {
  return `ses_${shardCharacters(shardOfUser(userId))}${randomBase32(22)}`
}

export function newSecret(): Uint8Array {
  return randomSecret(secretByteLength)
}

export function hashSecret(secret: Uint8Array): Uint8Array {
  return sha256(secret)
}

/** Whether the value has the shape of a session id; says nothing of whether there is such a session. */
export function isSessionId(text: unknown): text is SessionId {
  return typeof text === 'string' && idPattern.test(text)
}

export function formatToken(token: SessionToken): string {
  return `${token.id}.${toBase64Url(token.secret)}`
}

/** The token's two halves, or null when the text has not exactly its shape. Never throws, whatever it is given. */
export function parseToken(text: unknown): SessionToken | null {
  if (typeof text !== 'string' || text.length !== tokenLength) return null
  if (!tokenPattern.test(text)) return null
  return { id: text.slice(0, idLength) as SessionId, secret: fromBase64Url(text.slice(idLength + 1)) }
}
