import { type Clock, createSessions, days, type Instant, type Sessions, seconds } from 'latchkey'
import type { Storage } from 'latchkey/ports'
import type { SealedStorage } from 'latchkey/sealed'
import type { Settings } from '../configuration/settings.ts'
import type { Finding } from './finding.ts'

/** A database that is looked at and not changed. */
export interface Looking {
  readonly sessions: Sessions
  readonly storage: SealedStorage
  /** Whether the secret is the one that the database was used with; null: it does not know. */
  compareSecret(secret: Uint8Array | null): Promise<SecretComparison>
  compareClock(now: Instant): Promise<Finding>
  /** The other processes that share the database; none where that is not known. */
  lookAtNodes(): Promise<readonly Finding[]>
  /** What a failure on the way says of the database. Throws what is no failure of a database. */
  explain(error: unknown): Finding
  close(): Promise<void>
}

export type SecretComparison = 'same' | 'another' | 'unused' | null

/** What opening it for reading came to; `looking` is null where that failed. */
export interface Opening {
  readonly looking: Looking | null
  readonly finding: Finding
}

/** Neither cleans up nor keeps anything in memory, so that it is as if nobody was there. */
export function sessionsForReading(settings: Settings, storage: Storage, clock: Clock): Promise<Sessions> {
  return createSessions({
    storage,
    clock,
    cleanup: 'by-command',
    cache: 'none',
    // What is looked at is asked for directly, and fails there.
    onBackgroundError: () => {},
    absoluteLifetime: seconds(settings.sessionLifetimeSeconds),
    idleTimeout: settings.idleTimeoutSeconds === 0 ? null : seconds(settings.idleTimeoutSeconds),
    retention: settings.retentionDays === 0 ? null : days(settings.retentionDays),
  })
}
