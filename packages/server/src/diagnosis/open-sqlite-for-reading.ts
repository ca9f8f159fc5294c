import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Clock, LatchkeyError } from 'latchkey'
import { sqliteStorage } from 'latchkey/sqlite'
import type { Settings } from '../configuration/settings.ts'
import { areAccountsMigrated, identityIn } from './accounts-schema.ts'
import { checkClock } from './check-clock.ts'
import { checkDatabase, type DatabaseFacts, type Obstacle } from './check-database.ts'
import { type Looking, type Opening, sessionsForReading } from './looking.ts'
import { openedForReading } from './opened-for-reading.ts'

/** Never makes, migrates or changes anything, whether a server is running on the file or not. */
export async function openSqliteForReading(settings: Settings, path: string, clock: Clock): Promise<Opening> {
  if (path === ':memory:') {
    const reason = 'it is in the memory of the server alone, where no other process can look.'
    return closed({ kind: 'unusable', path, reason, obstacle: 'in-memory' })
  }
  if (!existsSync(path)) return closed({ kind: 'absent', path })
  try {
    const storage = openedForReading(sqliteStorage(path, { access: 'read-only' }), settings)
    const sessions = await sessionsForReading(settings, storage, clock)
    return await opened({ sessions, storage }, path)
  } catch (error) {
    return closed(failedOpening(error, path))
  }
}

function closed(facts: Failure): Opening {
  return { looking: null, finding: checkDatabase(facts) }
}

async function opened(
  { sessions, storage }: Pick<Looking, 'sessions' | 'storage'>,
  path: string,
): Promise<Opening> {
  let isReady = false
  try {
    isReady = areAccountsMigrated(path)
  } finally {
    if (!isReady) await sessions.close()
  }
  if (!isReady) return closed({ kind: 'not-migrated', path })
  return {
    finding: checkDatabase({ kind: 'ready', path, isWritable: isWritable(path) }),
    looking: {
      sessions,
      storage,
      identity: async () => identityIn(path),
      compareSecret: async () => null,
      compareClock: async (now) => {
        const position = await storage.events.latest()
        const [newest] = await storage.events.read(position - 1, 1)
        return checkClock({ now, newestEventAt: newest?.at ?? null })
      },
      lookAtNodes: async () => [],
      // A file that opens may be damaged further in, or be locked since.
      explain: (error) => checkDatabase(unusable(error, path)),
      close: () => sessions.close(),
    },
  }
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
function unusable(error: unknown, path: string): Failure {
  if (!(error instanceof LatchkeyError)) throw error
  return { kind: 'unusable', path, reason: error.message, obstacle: obstacleOf(error) }
}

function obstacleOf({ code }: LatchkeyError): Obstacle {
  if (code === 'storage-busy') return 'locked'
  return code === 'storage-unavailable' ? 'out-of-reach' : 'damaged'
}
