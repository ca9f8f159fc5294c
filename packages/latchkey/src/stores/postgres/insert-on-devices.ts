import type { IdempotencyClaim, InsertOutcome } from '../../ports/session-store.ts'
import { type Announce, sendAnnouncements } from './announcements.ts'
import type { Connection, Statements } from './connection.ts'
import {
  claimAttempts,
  earlierOutcome,
  insertTogether,
  selectionsOf,
  vanishedClaim,
} from './insert-session.ts'
import { claimAlone } from './insert-statement.ts'
import { type Insert, isNewDevice } from './insert-values.ts'
import { seeDevices } from './see-devices.ts'

/** What inserts need of a connection. */
export type InsertConnection = Pick<Connection, 'all' | 'script' | 'transaction'>

/**
 * Inserts without a claim, all of them or none. Devices that are known come in a statement before the one that adds
 * the sessions: that one sees what was committed while it waited for a device, and ends it. No two of the inserts may
 * be on one device: neither would see the other.
 */
export async function insertBatch(
  connection: InsertConnection,
  batch: readonly Insert[],
  announce: Announce,
): Promise<readonly InsertOutcome[]> {
  return batch.every(({ plan: { device } }) => device === null || isNewDevice(device))
    ? insertTogether(connection, batch, announce)
    : connection.transaction((statements) => insertOnDevices(statements, batch, announce))
}

async function insertOnDevices(
  statements: Statements,
  batch: readonly Insert[],
  announce: Announce,
): Promise<readonly InsertOutcome[]> {
  return insertTogether(statements, await seeDevices(statements, batch), announce)
}

/** The claim comes first: where it is refused, nothing else is done. */
export async function insertClaimedOnKnownDevice(
  connection: InsertConnection,
  insert: Insert,
  claimed: IdempotencyClaim,
  announce: Announce,
): Promise<InsertOutcome> {
  const { id, shard, createdAt } = insert.record
  const { keyHash, requestHash, forgetBefore } = claimed
  const values = { id, shard, created_at: createdAt, keyHash, requestHash, forgetBefore }
  for (let attempt = 1; attempt <= claimAttempts; attempt += 1) {
    const outcome = await connection.transaction(async (statements) => {
      const [made] = await statements.all(claimAlone, values)
      if (made) return (await insertOnDevices(statements, [insert], announce))[0] ?? null
      // What the earlier one ended may not have been confirmed by everybody yet.
      await sendAnnouncements(statements, announce(selectionsOf([insert])))
      return earlierOutcome(statements, claimed)
    })
    if (outcome) return outcome
  }
  throw vanishedClaim()
}
