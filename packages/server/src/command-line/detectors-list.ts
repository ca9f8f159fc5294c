import type { Command } from 'commander'
import { systemClock } from 'latchkey'
import type { DetectorOnWire } from 'latchkey/http'
import { detectorsOnWire } from '../alerts/detectors-on-wire.ts'
import type { CommandContext } from './command-context.ts'
import { report, table } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

/** `latchkey detectors list`. */
export function detectorsListCommand(context: CommandContext): Command {
  return standardCommand(
    'list',
    'list detectors, how they are set, and their alerts of the last 30 days',
  ).action((options: StandardOptions) =>
    runOnExisting(context, options, async (program) => {
      const detectors = await detectorsOnWire(program.sessions, systemClock.now())
      const lines = detectors.length === 0 ? ['There is no detector.'] : table(detectors.map(row))
      report(context, options, { json: { detectors }, lines })
    }),
  )
}

function row({
  name,
  mode,
  response,
  severity,
  last_30_days: { alerts, false_alarms: wrong },
}: DetectorOnWire): string[] {
  const set = mode === 'enforce' ? `enforce ${response}` : mode
  return [name, set, severity, `${alerts} alerts`, `${wrong} false alarms`]
}
