import { before, type Duration, days, hours, type Instant, utcDate } from 'latchkey'
import { type SealedTableState, sealsPerKey } from 'latchkey/sealed'
import { type Finding, ok, skipped, warning } from './finding.ts'

export interface DataKeyFacts {
  readonly now: Instant
  /** Null: the master secret cannot be read, and with it none of the keys. */
  readonly tables: readonly SealedTableState[] | null
  /** Sessions that were ever made: about as many addresses were sealed. */
  readonly sessionsMade: number
}

/** NIST SP 800-57 part 1, revision 5, section 5.3.6: a key for stored data should seal for two years at most. */
const longestUse: Duration = days(730)

/** A rotation that others were told of goes on for minutes; of hours, where nothing runs that would finish it. */
const longestRotation: Duration = hours(1)

const rotate = 'latchkey keys rotate'

/** `keys` is about the master secret; this is about the keys that it wraps, and what they have sealed. */
export function checkDataKeys({ now, tables, sessionsMade }: DataKeyFacts): Finding {
  if (tables === null) return skipped('data-keys', 'Not looked at: the master secret cannot be read.')
  const unreadable = tables.filter((table) => table.unreadable > 0)
  if (unreadable.length > 0) return cannotBeRead(unreadable)
  const inClear = tables.filter((table) => table.inClear > 0)
  if (inClear.length > 0) {
    return warning(
      'data-keys',
      `Values in clear: ${inClear.map((table) => counted(table, table.inClear)).join(', ')}.`,
      `A running server seals them in the background; ${rotate} does it now.`,
    )
  }
  const keys = tables.flatMap((table) => table.keys).filter(({ state }) => state === 'writing')
  if (keys.length === 0) return ok('data-keys', 'There are no data keys yet; the first start makes them.')
  const oldest = Math.min(...keys.map(({ createdAt }) => createdAt)) as Instant
  const unfinished = tables.filter((table) => table.byEarlierKey > 0)
  if (unfinished.length > 0 && oldest < before(now, longestRotation)) {
    return warning(
      'data-keys',
      `A rotation is not over: ${unfinished.map((table) => counted(table, table.byEarlierKey)).join(', ')} sealed by an earlier key.`,
      `A running server finishes it; ${rotate} goes on with it now.`,
    )
  }
  if (oldest < before(now, longestUse) || sessionsMade > sealsPerKey) {
    return warning(
      'data-keys',
      `A data key has been in use since ${utcDate(oldest)}.`,
      `Make a new one: ${rotate}`,
    )
  }
  return ok('data-keys', `Every value is sealed; the keys in use are from ${utcDate(oldest)} or later.`)
}

function cannotBeRead(tables: readonly SealedTableState[]): Finding {
  return warning(
    'data-keys',
    `Values that cannot be read: ${tables.map((table) => counted(table, table.unreadable)).join(', ')}. Their data keys are gone, or wrapped under another master secret; sessions go on without them.`,
    'Restore the table session_data_keys and the master secret from the backup. Without one they show as unknown until retention forgets them.',
  )
}

function counted({ table, isWhole }: SealedTableState, count: number): string {
  return `${isWhole ? count : `${count} or more`} in ${table}`
}
