import type { BulkEnding } from '../model/bulk-ending.ts'
import { parseFilter } from '../rules/filter-grammar.ts'
import { forgottenUser } from '../rules/forgotten-user.ts'
import { formatFilter } from '../rules/format-filter.ts'
import { withNextVersion } from './run-bulk-ending.ts'
import type { Wiring } from './wiring.ts'

/** As many as are looked through: bulk endings are asked for by people. */
const mostLookedAt = 10_000

/** Bulk endings that named the user, a device or a session of theirs do not any more. */
export async function forgetInBulkEndings(
  wiring: Wiring,
  userId: string,
  sessions: ReadonlySet<string>,
): Promise<void> {
  const { bulkEndings } = wiring.storage
  const listed = await bulkEndings.list(mostLookedAt)
  for (const { id, filter, except } of listed) {
    if (!filter.includes('user:') && except === null) continue
    for (;;) {
      const found = await bulkEndings.find(id)
      const next = found === null ? null : withoutUser(wiring, found, userId, sessions)
      if (next === null || (await bulkEndings.replace(withNextVersion(next), []))) break
    }
  }
}

/** Null where it names nothing of theirs. */
function withoutUser(
  { clock }: Wiring,
  found: BulkEnding,
  userId: string,
  sessions: ReadonlySet<string>,
): BulkEnding | null {
  const isKept = found.except !== null && sessions.has(found.except)
  const reading = parseFilter(found.filter, clock.now())
  const isNamed = reading.kind === 'filter' && reading.filter.userId === userId
  if (!isNamed && !isKept) return null
  return {
    ...found,
    except: isKept ? null : found.except,
    // A device stands beside its user only.
    filter: isNamed
      ? formatFilter({ ...reading.filter, userId: forgottenUser, deviceId: null })
      : found.filter,
  }
}
