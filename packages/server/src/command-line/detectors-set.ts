import { type Command, Option } from 'commander'
import { type DetectorMode, detectorModes, type Response, responses } from 'latchkey'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { report } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

type SetOptions = StandardOptions & { readonly mode?: DetectorMode; readonly response?: Response }

/** `latchkey detectors set <name>`. */
export function detectorsSetCommand(context: CommandContext): Command {
  return standardCommand('set', 'set a detector; a backtest says beforehand whom it would have concerned')
    .argument('<name>', 'as latchkey detectors list shows it')
    .addOption(new Option('--mode <mode>', 'off, observe or enforce').choices([...detectorModes]))
    .addOption(
      new Option('--response <response>', 'what happens in the mode enforce').choices([...responses]),
    )
    .action((name: string, options: SetOptions) => set(context, name, options))
}

async function set(context: CommandContext, name: string, options: SetOptions): Promise<void> {
  if (options.mode === undefined && options.response === undefined) {
    throw new CommandFailure('Say what is to change: --mode or --response.', 2)
  }
  await runOnExisting(context, options, async ({ sessions }) => {
    const found = (await sessions.detectors()).find((detector) => detector.name === name)
    if (found === undefined) {
      throw new CommandFailure(
        `There is no detector ${name}; latchkey detectors list shows those that there are.`,
      )
    }
    const { mode = found.mode, response = found.response } = options
    await sessions.setDetector(name, mode, response, { by: 'command-line' })
    report(context, options, {
      json: { detector: name, mode, response },
      lines: [`${name}: ${mode === 'enforce' ? `enforce, ${response}` : mode}.`],
    })
  })
}
