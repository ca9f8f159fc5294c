import { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { listedLines, listedOnWire, rotatedLines, rotatedOnWire } from './keys-output.ts'
import { report } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { sealingProgress } from './sealing-progress.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

/** Rows of a table, at most, that are counted when they are not sealed by its newest key. */
const mostRows = 100_000

/** `latchkey keys list | rotate`: the keys that addresses, user agents and fingerprints are sealed by. */
export function keysCommand(context: CommandContext): Command {
  const list = standardCommand('list', 'list data keys, and count what is not sealed by the newest').action(
    (options: StandardOptions) => listKeys(context, options),
  )
  const rotate = standardCommand(
    'rotate',
    'make new data keys and seal everything by them; works beside a running server',
  ).action((options: StandardOptions) => rotateKeys(context, options))
  return new Command('keys')
    .description('data keys, by which addresses, user agents and fingerprints are sealed')
    .addCommand(list)
    .addCommand(rotate)
}

async function listKeys(context: CommandContext, options: StandardOptions): Promise<void> {
  await runOnExisting(context, options, async ({ storage }) => {
    const states = await storage.sealing.look(mostRows)
    report(context, options, { json: listedOnWire(states), lines: listedLines(states) })
  })
}

async function rotateKeys(context: CommandContext, options: StandardOptions): Promise<void> {
  await runOnExisting(context, options, async ({ storage }) => {
    const rotated = await storage.sealing.rotate(sealingProgress(context))
    report(context, options, { json: rotatedOnWire(rotated), lines: rotatedLines(rotated) })
  })
}
