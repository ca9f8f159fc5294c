import {
  base32,
  bytesText,
  copyAscii,
  isBase32,
  randomBase32,
  randomSecret,
  read32Base64Url,
  sha256,
  sha256Text,
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
const idLength = 28
/** 4 + 24 + 1 + 43: what is longer is refused before a character of it is looked at. */
const tokenLength = 72
/** What `ses_` and `.` are in ASCII. */
const [letterS, letterE, underscore, dot] = [0x73, 0x65, 0x5f, 0x2e] as const

const shardPrefixes = new Map<string, number>()
for (let shard = 0; shard < shardCount; shard += 1) shardPrefixes.set(shardCharacters(shard), shard)

/** A shard as it stands in ids. */
export function shardCharacters(shard: number): string {
  return base32(Uint8Array.of(shard >>> 2, (shard & 3) << 6), 2)
}

/** The first 10 bits of SHA-256 of the user id. */
export function shardOfUser(userId: string): number {
  const [first = 0, second = 0] = sha256(userId)
  return (first << 2) | (second >>> 6)
}

/** The shard that the id names, which is that of its user. */
export function shardOfSession(id: SessionId): number {
  return shardInId(id)
}

/** The shard that stands in an id after its prefix of four characters. */
export function shardInId(id: string): number {
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
  const secret = new Uint8Array(secretByteLength)
  return readToken(text, secret) ? { id: idOf(text), secret } : null
}

/** A token with a hash in the place of its secret. */
export interface HashedToken {
  readonly id: SessionId
  readonly secretHash: SecretHash
}

/** SHA-256 of a secret as a text of 32 characters, one byte each, which is how memory keeps it. */
export type SecretHash = string & { readonly __secretHash: true }

/** For `readToken` and `hashToken` alone, which are synchronous and let nobody see them. */
const tokenRead = Buffer.alloc(3 * tokenLength)
const secretRead = new Uint8Array(secretByteLength)

/** As `parseToken` and `hashSecret`, without anything being made that is not needed: every request comes by here. */
export function hashToken(text: unknown): HashedToken | null {
  if (!readToken(text, secretRead)) return null
  return { id: idOf(text), secretHash: sha256Text(secretRead) as SecretHash }
}

/** A hash that a store keeps, as `hashToken` makes it. */
export function secretHashText(secretHash: Uint8Array): SecretHash {
  return bytesText(secretHash) as SecretHash
}

/** The bytes of such a text. */
export function secretHashBytes(secretHash: SecretHash): Uint8Array {
  return Buffer.from(secretHash, 'latin1')
}

function readToken(text: unknown, secret: Uint8Array): text is string {
  return (
    typeof text === 'string' &&
    text.length === tokenLength &&
    copyAscii(text, tokenRead) &&
    tokenRead[0] === letterS &&
    tokenRead[1] === letterE &&
    tokenRead[2] === letterS &&
    tokenRead[3] === underscore &&
    isBase32(tokenRead, 4, 24) &&
    tokenRead[idLength] === dot &&
    read32Base64Url(tokenRead, idLength + 1, secret)
  )
}

function idOf(token: string): SessionId {
  return token.slice(0, idLength) as SessionId
}
