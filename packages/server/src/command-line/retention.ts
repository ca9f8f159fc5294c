import type { Command } from 'commander'
import { type RetainedKind, systemClock } from 'latchkey'
import { retentionReport } from '../retention/retention-report.ts'
import type { CommandContext } from './command-context.ts'
import { report, table } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

/** `latchkey retention`: what cleanup would forget now, of each kind. Forgets nothing. */
export function retentionCommand(context: CommandContext): Command {
  return standardCommand('retention', 'print what would be forgotten now, by kind; forget nothing').action(
    async (options: StandardOptions) => {
      await runOnExisting(context, options, async ({ sessions }) => {
        const found = retentionReport(systemClock.now(), await sessions.forgettable())
        const rows = found.kinds.map(({ kind, period_seconds: period, before, ...counted }) => [
          names[kind],
          period === null ? 'for ever' : `${Math.round(period / 86_400)} days`,
          before === null ? '-' : before.slice(0, 16).replace('T', ' '),
          `${counted.is_least ? 'at least ' : ''}${counted.would_forget}`,
        ])
        report(context, options, {
          json: { ...found },
          lines: [
            ...table([heading, ...rows]),
            'latchkey cleanup forgets it now; a running server does by itself.',
          ],
        })
      })
    },
  )
}

const heading = ['WHAT', 'IS KEPT', 'GOES IF OLDER THAN (UTC)', 'WOULD GO NOW']

const names: Readonly<Record<RetainedKind, string>> = {
  sessions: 'ended sessions',
  events: 'events (the audit log)',
  alerts: 'resolved alerts',
  'rollup-hours': 'numbers by the hour',
  'rollup-days': 'numbers by the day',
  histories: 'what detectors know of a user',
  'bulk-endings': 'bulk endings',
}
