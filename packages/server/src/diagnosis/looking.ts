import { type Clock, createSessions, type Instant, type Sessions } from 'latchkey'
import type { Storage } from 'latchkey/ports'
import type { SealedStorage } from 'latchkey/sealed'
import type { Settings } from '../configuration/settings.ts'
import { policyOfSettings } from '../program/policy-of-settings.ts'
import type { SecretComparison } from './check-keys.ts'
import type { Finding } from './finding.ts'
import { readableSecret } from './key-facts.ts'

/** A database that is looked at and not changed. */
export interface Looking {
  readonly sessions: Sessions
  readonly storage: SealedStorage
  /** Names the database, as `ProgramStores.identity`; null where it has no name yet. */
  identity(): Promise<string | null>
  /** Whether the secret is the one that the database was used with; null: it does not know. */
  compareSecret(secret: Uint8Array | null): Promise<SecretComparison>
  compareClock(now: Instant): Promise<Finding>
  /** The other processes that share the database; none where that is not known. */
  lookAtNodes(): Promise<readonly Finding[]>
  /** What a failure on the way says of the database. Throws what is no failure of a database. */
  explain(error: unknown): Finding
  close(): Promise<void>
}

/** What opening it for reading came to; `looking` is null where that failed. */
export interface Opening {
  readonly looking: Looking | null
  readonly finding: Finding
}

/** Neither cleans up nor keeps anything in memory, so that it is as if nobody was there. */
export function sessionsForReading(settings: Settings, storage: Storage, clock: Clock): Promise<Sessions> {
  const secret = readableSecret(settings)
  return createSessions({
    storage,
    clock,
    cleanup: 'by-command',
    cache: 'none',
    // What is looked at is asked for directly, and fails there.
    onBackgroundError: () => {},
    ...(secret && { secret }),
    ...policyOfSettings(settings),
  })
}
