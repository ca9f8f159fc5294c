import { randomBytes, timingSafeEqual } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { PeerSessions } from './peer-sessions.ts'

const lifetime = 86_400_000

interface Row {
  readonly user_id: string
  readonly secret_hash: Uint8Array
  readonly created_at: number
}

/**
 * What lucia's author recommends since: no library, but an id to look up and a secret of which the SHA-256 is
 * stored, hashed with Web Crypto and compared in constant time. On SQLite in memory.
 */
export function luciaPatternSessions(): PeerSessions {
  const database = new DatabaseSync(':memory:')
  database.exec(`CREATE TABLE session (id TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL,
    secret_hash BLOB NOT NULL, created_at INTEGER NOT NULL) STRICT`)
  const add = database.prepare('INSERT INTO session VALUES (?, ?, ?, ?)')
  const find = database.prepare('SELECT user_id, secret_hash, created_at FROM session WHERE id = ?')
  return {
    async create(userId) {
      const [id, secret] = [randomBytes(15).toString('base64url'), randomBytes(15).toString('base64url')]
      add.run(id, userId, await hashed(secret), Date.now())
      return `${id}.${secret}`
    },
    async userOf(token) {
      const [id, secret, ...more] = token.split('.')
      if (id === undefined || secret === undefined || more.length > 0) return null
      const row = find.get(id) as unknown as Row | undefined
      if (row === undefined || Date.now() - row.created_at >= lifetime) return null
      return timingSafeEqual(await hashed(secret), row.secret_hash) ? row.user_id : null
    },
  }
}

async function hashed(secret: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret)))
}
