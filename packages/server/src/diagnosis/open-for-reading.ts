import { existsSync } from 'node:fs'
import { type Clock, createSessions, days, LatchkeyError, type Sessions, seconds } from 'latchkey'
import type { Storage } from 'latchkey/ports'
import { sqliteStorage } from 'latchkey/sqlite'
import type { Settings } from '../configuration/settings.ts'
import { areAccountsMigrated } from './accounts-schema.ts'
import type { DatabaseFacts } from './check-database.ts'

/** A database that can be looked at and not changed. */
export interface Reading {
  readonly sessions: Sessions
  readonly storage: Storage
}

export type Opening =
  | { readonly reading: Reading; readonly facts: Extract<DatabaseFacts, { readonly kind: 'ready' }> }
  | { readonly reading: null; readonly facts: Exclude<DatabaseFacts, { readonly kind: 'ready' }> }

/** Never makes, migrates or changes anything, whether a server is running on the file or not. */
export async function openForReading(settings: Settings, clock: Clock): Promise<Opening> {
  const path = settings.databasePath
  if (path === ':memory:') {
    const reason = 'it is in the memory of the server alone, where no other process can look.'
    return { reading: null, facts: { kind: 'unusable', path, reason } }
  }
  if (!existsSync(path)) return { reading: null, facts: { kind: 'absent', path } }
  try {
    const storage = sqliteStorage(path, { access: 'read-only' })
    const sessions = await createSessions({
      storage,
      clock,
      cleanup: 'by-command',
      cache: 'none',
      absoluteLifetime: seconds(settings.sessionLifetimeSeconds),
      idleTimeout: settings.idleTimeoutSeconds === 0 ? null : seconds(settings.idleTimeoutSeconds),
      retention: settings.retentionDays === 0 ? null : days(settings.retentionDays),
    })
    if (areAccountsMigrated(path)) return { reading: { sessions, storage }, facts: { kind: 'ready', path } }
    await sessions.close()
    return { reading: null, facts: { kind: 'not-migrated', path } }
  } catch (error) {
    return { reading: null, facts: failure(error, path) }
  }
}

function failure(error: unknown, path: string): Exclude<DatabaseFacts, { readonly kind: 'ready' }> {
  if (!(error instanceof LatchkeyError)) throw error
  if (error.code === 'storage-too-new') return { kind: 'too-new', path }
  if (error.code === 'storage-failed') return { kind: 'not-migrated', path }
  return { kind: 'unusable', path, reason: error.message }
}
