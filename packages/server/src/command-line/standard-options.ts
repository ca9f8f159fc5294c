import { Command, Option } from 'commander'
import { loadSettings } from '../configuration/load-settings.ts'
import { settingDefinitions, settingNames } from '../configuration/setting-definitions.ts'
import type { Settings } from '../configuration/settings.ts'
import type { CommandContext } from './command-context.ts'

/** What every command's action gets from commander: `json`, and the settings given as flags. */
export type StandardOptions = Readonly<Record<string, unknown>> & { readonly json?: boolean }

/** A command with `--json` and a flag for each setting that may stand on a command line. */
export function standardCommand(name: string, description: string): Command {
  const command = new Command(name).description(description).option('--json', 'print one JSON object')
  for (const setting of settingNames) {
    const { flag, description: meaning } = settingDefinitions[setting]
    if (flag) command.addOption(new Option(flag, meaning).helpGroup('Settings:'))
  }
  return command
}

/** The settings under which the command runs. */
export function settingsOf(context: CommandContext, options: StandardOptions): Promise<Settings> {
  return loadSettings({
    flags: options,
    environment: context.environment,
    workingDirectory: context.workingDirectory,
  })
}
