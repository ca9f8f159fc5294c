import { existsSync } from 'node:fs'
import type { Settings } from '../configuration/settings.ts'
import { withMaintenance } from '../program/open-postgres.ts'
import type { Program } from '../program/open-program.ts'
import { partitionsOf } from '../program/postgres-schema.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { runWithProgram } from './run-with-program.ts'
import { type StandardOptions, settingsOf } from './standard-options.ts'

/**
 * As `runWithProgram`, and fails where there is no database yet: in the wrong folder, "no session" would be a
 * wrong answer, and a new empty database a trap for whoever comes next.
 */
export async function runOnExisting<Result>(
  context: CommandContext,
  options: StandardOptions,
  use: (program: Program) => Promise<Result>,
): Promise<Result> {
  const absent = await whatIsAbsent(await settingsOf(context, options))
  if (absent !== null) {
    throw new CommandFailure(
      `${absent}; latchkey serve or latchkey migrate makes it. latchkey config says where this comes from.`,
    )
  }
  return runWithProgram(context, options, use)
}

async function whatIsAbsent({ database, databaseUrl }: Settings): Promise<string | null> {
  if (database.kind === 'sqlite') {
    const isThere = database.path === ':memory:' || existsSync(database.path)
    return isThere ? null : `There is no database at ${database.path}`
  }
  const partitions = await withMaintenance(database, partitionsOf)
  return partitions === null ? `There is no schema of Latchkey in ${databaseUrl}` : null
}
