import type { Instant } from '../foundation/time.ts'

export interface CleanupState {
  /** Sessions past their deadline that have not been ended yet, counted up to 10,000. */
  readonly backlog: number
  /** When the last run ended without an error; null when there was none since the start. */
  readonly lastRunAt: Instant | null
  readonly endedInLastRun: number
}
