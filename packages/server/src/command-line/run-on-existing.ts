import { existsSync } from 'node:fs'
import type { Program } from '../program/open-program.ts'
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
  const { databasePath } = await settingsOf(context, options)
  if (databasePath !== ':memory:' && !existsSync(databasePath)) {
    throw new CommandFailure(
      `There is no database at ${databasePath}; latchkey serve or latchkey migrate makes it. latchkey config says where this path comes from.`,
    )
  }
  return runWithProgram(context, options, use)
}
