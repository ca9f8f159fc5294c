import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Clock, createSessions, days, LatchkeyError, type Sessions, seconds } from 'latchkey'
import type { Storage } from 'latchkey/ports'
import { sqliteStorage } from 'latchkey/sqlite'
import type { Settings } from '../configuration/settings.ts'
import { areAccountsMigrated } from './accounts-schema.ts'
import type { DatabaseFacts, Obstacle } from './check-database.ts'

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
    return { reading: null, facts: { kind: 'unusable', path, reason, obstacle: 'in-memory' } }
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
    return await opened({ sessions, storage }, path)
  } catch (error) {
    return { reading: null, facts: failedOpening(error, path) }
  }
}

async function opened(reading: Reading, path: string): Promise<Opening> {
  let isReady = false
  try {
    isReady = areAccountsMigrated(path)
  } finally {
    if (!isReady) await reading.sessions.close()
  }
  return isReady
    ? { reading, facts: { kind: 'ready', path, isWritable: isWritable(path) } }
    : { reading: null, facts: { kind: 'not-migrated', path } }
}

function isWritable(path: string): boolean {
  try {
    for (const place of [path, dirname(path)]) accessSync(place, constants.W_OK)
    return true
  } catch {
    return false
  }
}

type Failure = Exclude<DatabaseFacts, { readonly kind: 'ready' }>

function failedOpening(error: unknown, path: string): Failure {
  if (!(error instanceof LatchkeyError)) throw error
  if (error.code === 'storage-too-new') return { kind: 'too-new', path }
  if (error.code === 'storage-failed') return { kind: 'not-migrated', path }
  return unusable(error, path)
}

/** What an error says of the database that brought it. Throws anything that is no failure of a database. */
export function unusable(error: unknown, path: string): Failure {
  if (!(error instanceof LatchkeyError)) throw error
  return { kind: 'unusable', path, reason: error.message, obstacle: obstacleOf(error) }
}

function obstacleOf({ code }: LatchkeyError): Obstacle {
  if (code === 'storage-busy') return 'locked'
  return code === 'storage-unavailable' ? 'out-of-reach' : 'damaged'
}
