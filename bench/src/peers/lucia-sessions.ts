import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { BetterSqlite3Adapter } from '@lucia-auth/adapter-sqlite'
import { Lucia } from 'lucia'
import type { PeerSessions } from './peer-sessions.ts'

type AdapterDatabase = ConstructorParameters<typeof BetterSqlite3Adapter>[0]

/**
 * lucia 3 with its own adapter, on SQLite in memory. The adapter prepares its statements anew for each call;
 * `kept` spares it that.
 */
export function luciaSessions(statements: 'as-it-comes' | 'kept'): PeerSessions {
  const database = new DatabaseSync(':memory:')
  database.exec(`CREATE TABLE user (id TEXT NOT NULL PRIMARY KEY);
    CREATE TABLE session (id TEXT NOT NULL PRIMARY KEY, expires_at INTEGER NOT NULL,
      user_id TEXT NOT NULL REFERENCES user (id))`)
  const given = statements === 'kept' ? preparingOnce(database) : database
  const names = { user: 'user', session: 'session' }
  const lucia = new Lucia(new BetterSqlite3Adapter(given as unknown as AdapterDatabase, names))
  const addUser = database.prepare('INSERT INTO user (id) VALUES (?) ON CONFLICT DO NOTHING')
  return {
    async create(userId) {
      addUser.run(userId)
      return (await lucia.createSession(userId, {})).id
    },
    userOf: async (token) => (await lucia.validateSession(token)).user?.id ?? null,
  }
}

function preparingOnce(database: DatabaseSync): Pick<DatabaseSync, 'prepare'> {
  const prepared = new Map<string, StatementSync>()
  return {
    prepare(sql) {
      const known = prepared.get(sql) ?? database.prepare(sql)
      prepared.set(sql, known)
      return known
    },
  }
}
