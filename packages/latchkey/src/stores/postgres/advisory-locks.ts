import type { Statements } from './connection.ts'
import { toStoredText } from './stored-text.ts'

/**
 * The first half of the keys of the advisory locks; the second is a hash of the schema, so that two storages in one
 * database do not wait for one another. Arbitrary, and the same in every version.
 */
const migrationKey = 0x6c6b0001
const maintenanceKey = 0x6c6b0002
const numberingKey = 0x6c6b0003
const dataKeysKey = 0x6c6b0004

/** Seeds the hash of a user; such locks have one key of 64 bits and never meet the others. Two users may share one. */
const userSeed = 0x6c6b0005

function lockStatement(key: number): string {
  return `SELECT pg_advisory_xact_lock(${key}, hashtext(current_schema()))`
}

/** For the transaction that brings the schema up to date. */
export const lockMigrations: string = lockStatement(migrationKey)

/** For the statement that gives events their positions. */
export const lockNumbering: string = lockStatement(numberingKey)

/** For whoever adds a data key where there is none. */
export async function lockDataKeys(statements: Statements): Promise<void> {
  await statements.script(lockStatement(dataKeysKey))
}

/** For cleaning, forgetting, the forgetting of a user and the batches of detectors, each of which needs to see what the other did. */
export async function lockMaintenance(statements: Statements): Promise<void> {
  await statements.script(lockStatement(maintenanceKey))
}

/** For the sign-ins of one user that has a limit of sessions. */
export async function lockUser(statements: Statements, userId: string): Promise<void> {
  await statements.all(
    `SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/' || :userId::text, ${userSeed}))`,
    { userId: toStoredText(userId) },
  )
}
