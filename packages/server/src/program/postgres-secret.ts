import { createHmac, timingSafeEqual } from 'node:crypto'
import { onlyRow, type PostgresStatements } from '../accounts/postgres-statements.ts'
import { prepareDirectories } from '../configuration/data-directory.ts'
import { existingSecret, masterSecret, secretPath } from '../configuration/master-secret.ts'
import type { Settings } from '../configuration/settings.ts'
import { StartError } from './start-error.ts'

/** What the secret signs for this purpose and no other: it tells secrets apart, and nothing of them. */
const label = 'latchkey: check value of the master secret, version 1'

interface Row {
  readonly check_value: Uint8Array
}

/**
 * The master secret of this node, which has to be that of the database. The first one that comes to a database
 * becomes its own: of several nodes that start at once one is first, and the others are refused unless they have
 * the same. None is made for a database that has one.
 */
export async function secretOfDatabase(
  statements: PostgresStatements,
  settings: Settings,
): Promise<Uint8Array> {
  const known = existingSecret(settings)
  if (known === null && (await keptCheck(statements)) !== null) {
    throw new StartError(
      `This node has no master secret, and its database was used with one; ${mend(settings)}`,
    )
  }
  const secret = known ?? madeSecret(settings)
  if (isCheckOf(await firstCheck(statements, checkValueOf(secret)), secret)) return secret
  throw new StartError(
    `The master secret of this node is not that of its database, which other nodes use; ${mend(settings)}`,
  )
}

/** Makes this node's secret the database's, for when the former is lost. A node that has none is refused: one made in passing would lock all others out. */
export async function adoptSecret({ run }: PostgresStatements, settings: Settings): Promise<void> {
  const secret = existingSecret(settings)
  if (secret === null) {
    throw new StartError(
      `This node has no master secret that could be adopted: set LATCHKEY_SECRET, or put the key file at ${secretPath(settings)}. A new one: openssl rand -base64 32.`,
    )
  }
  await run(
    `INSERT INTO secret_checks (only_one, check_value) VALUES (1, $1)
     ON CONFLICT (only_one) DO UPDATE SET check_value = excluded.check_value`,
    checkValueOf(secret),
  )
}

/** `unused`: the database has seen none yet. Where this node has none, that is another one. */
export async function compareSecret(
  statements: PostgresStatements,
  secret: Uint8Array | null,
): Promise<'same' | 'another' | 'unused'> {
  const kept = await keptCheck(statements)
  if (kept === null) return 'unused'
  return secret !== null && isCheckOf(kept, secret) ? 'same' : 'another'
}

function madeSecret(settings: Settings): Uint8Array {
  prepareDirectories(settings)
  return masterSecret(settings)
}

async function keptCheck({ run }: PostgresStatements): Promise<Uint8Array | null> {
  const [row] = await run<Row>('SELECT check_value FROM secret_checks')
  return row?.check_value ?? null
}

/** The value that is kept: this one, when there was none. Two statements, so that the second sees what another node did meanwhile. */
async function firstCheck({ run }: PostgresStatements, checkValue: Uint8Array): Promise<Uint8Array> {
  await run(
    'INSERT INTO secret_checks (only_one, check_value) VALUES (1, $1) ON CONFLICT (only_one) DO NOTHING',
    checkValue,
  )
  return onlyRow(await run<Row>('SELECT check_value FROM secret_checks')).check_value
}

function checkValueOf(secret: Uint8Array): Uint8Array {
  return createHmac('sha256', secret).update(label).digest()
}

function isCheckOf(kept: Uint8Array, secret: Uint8Array): boolean {
  const own = checkValueOf(secret)
  return own.byteLength === kept.byteLength && timingSafeEqual(own, kept)
}

function mend(settings: Settings): string {
  return `set LATCHKEY_SECRET to the same on every node, or copy the key file of another one to ${secretPath(settings)} (where it is lost, latchkey migrate --adopt-secret puts this node's in its place).`
}
