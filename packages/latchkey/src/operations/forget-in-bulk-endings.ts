import type { BulkEnding } from '../model/bulk-ending.ts'
import { isSessionId } from '../model/session-token.ts'
import { parseFilter } from '../rules/filter-grammar.ts'
import { forgottenUser } from '../rules/forgotten-user.ts'
import { formatFilter } from '../rules/format-filter.ts'
import { withNextVersion } from './run-bulk-ending.ts'
import type { Wiring } from './wiring.ts'

/** As many as are looked through: bulk endings are asked for by people. */
const mostLookedAt = 10_000

/**
 * Bulk endings that named the user, a device or a session of theirs do not any more; nor any other session that is gone: an
 * earlier call may have erased it and come no further, and whose it was nobody knows by now.
 */
export async function forgetInBulkEndings(wiring: Wiring, userId: string): Promise<void> {
  const { bulkEndings } = wiring.storage
  const listed = await bulkEndings.list(mostLookedAt)
  for (const { id, filter, except } of listed) {
    if (!filter.includes('user:') && except === null) continue
    const kept = except !== null && (await isThere(wiring, except)) ? except : null
    for (;;) {
      const found = await bulkEndings.find(id)
      const next = found === null ? null : withoutUser(wiring, found, userId, kept)
      if (next === null || (await bulkEndings.replace(withNextVersion(next), []))) break
    }
  }
}

async function isThere({ storage }: Wiring, session: string): Promise<boolean> {
  return isSessionId(session) && (await storage.sessions.find(session)) !== null
}

/** With that session spared, or none. Null where nothing changes. */
function withoutUser(
  { clock }: Wiring,
  found: BulkEnding,
  userId: string,
  except: string | null,
): BulkEnding | null {
  const reading = parseFilter(found.filter, clock.now())
  const isNamed = reading.kind === 'filter' && reading.filter.userId === userId
  if (!isNamed && found.except === except) return null
  return {
    ...found,
    except,
    // A device stands beside its user only.
    filter: isNamed
      ? formatFilter({ ...reading.filter, userId: forgottenUser, deviceId: null })
      : found.filter,
  }
}
