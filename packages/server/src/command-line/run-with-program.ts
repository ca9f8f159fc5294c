import { openProgram, type Program } from '../program/open-program.ts'
import { sealingSentence } from '../program/sealing-sentence.ts'
import type { CommandContext } from './command-context.ts'
import { type StandardOptions, settingsOf } from './standard-options.ts'

/** Opens the program under the settings in force, hands it over, and closes it whatever happens. */
export async function runWithProgram<Result>(
  context: CommandContext,
  options: StandardOptions,
  use: (program: Program) => Promise<Result>,
): Promise<Result> {
  const settings = await settingsOf(context, options)
  const program = await openProgram(settings, {
    cache: 'none',
    onSealingNotice: (notice) => context.stderr(sealingSentence(notice)),
    onBackgroundError: (_error, task) => context.stderr(`${task} failed in the background.`),
  })
  try {
    return await use(program)
  } finally {
    await program.close()
  }
}
