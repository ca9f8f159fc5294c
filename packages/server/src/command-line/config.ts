import type { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { report, table } from './report.ts'
import { type StandardOptions, settingsOf, standardCommand } from './standard-options.ts'

/** `latchkey config`: the values in force, where each came from, and what `latchkey.config.ts` calls it; no secret. */
export function configCommand(context: CommandContext): Command {
  return standardCommand('config', 'print the settings in force and where they came from').action(
    async (options: StandardOptions) => {
      const { origins } = await settingsOf(context, options)
      report(context, options, {
        json: {
          settings: Object.fromEntries(
            origins.map(({ name, variable, shown, source }) => [variable, { name, value: shown, source }]),
          ),
        },
        lines: table(origins.map(({ name, variable, shown, source }) => [variable, shown, source, name])),
      })
    },
  )
}
