import { Command } from 'commander'
import { type Instant, type Recount, type ReportState, toIso } from 'latchkey'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { instantFrom } from './instant-option.ts'
import { report } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

/** `latchkey reports update | recount | rebuild`. */
export function reportsCommand(context: CommandContext): Command {
  return new Command('reports')
    .description('numbers over time: bring them up to date, check them, make them anew')
    .addCommand(updateCommand(context))
    .addCommand(recountCommand(context))
    .addCommand(rebuildCommand(context))
}

function updateCommand(context: CommandContext): Command {
  return standardCommand(
    'update',
    'count what happened until now, as a running server does by itself',
  ).action(async (options: StandardOptions) => {
    await runOnExisting(context, options, async ({ sessions }) => {
      const events = await sessions.updateReports()
      const state = await sessions.getReportState()
      report(context, options, {
        json: { events, ...stateOnWire(state) },
        lines: [`Read ${events} events; ${state.behind} are behind.`, completeFrom(state)],
      })
    })
  })
}

function stateOnWire({ position, newest, behind, completeFrom: from }: ReportState) {
  return { position, newest, behind, complete_from: from === null ? null : toIso(from) }
}

function completeFrom({ completeFrom: from }: ReportState): string {
  return from === null ? 'Nothing has been counted yet.' : `Numbers are complete from ${toIso(from)} on.`
}

type RecountOptions = StandardOptions & { readonly from?: Instant }

function recountCommand(context: CommandContext): Command {
  return standardCommand('recount', 'count again from the event log and compare; changes nothing')
    .option('--from <instant>', 'only hours and days from then on: 2026-06-01T12:00:00Z', instantFrom)
    .action(async (options: RecountOptions) => {
      await runOnExisting(context, options, async ({ sessions }) => {
        const found = await sessions.recountReports(options.from === undefined ? {} : { from: options.from })
        report(context, options, { json: recountOnWire(found), lines: recountLines(found) })
        if (found.differing > 0) {
          throw new CommandFailure(
            'Numbers differ from their events; latchkey reports rebuild makes them anew.',
          )
        }
      })
    })
}

function recountOnWire({ examples, ...counts }: Recount) {
  return { ...counts, examples: examples.map((example) => ({ ...example, start: toIso(example.start) })) }
}

function recountLines({ events, compared, differing, skipped, examples }: Recount): string[] {
  return [
    `Counted ${events} events again: ${compared} numbers compared, ${differing} differ.`,
    ...(skipped > 0
      ? [`${skipped} numbers are from before the log begins, or of events that were erased.`]
      : []),
    ...examples.map(
      ({ interval, start, measure, dimension, value, recorded, recounted }) =>
        `  ${interval} ${toIso(start)} ${measure}${dimension === 'all' ? '' : ` ${dimension} ${value}`}: ${recorded} on record, ${recounted} in the log`,
    ),
  ]
}

function rebuildCommand(context: CommandContext): Command {
  return standardCommand('rebuild', 'make the numbers anew from the event log').action(
    async (options: StandardOptions) => {
      await runOnExisting(context, options, async ({ sessions }) => {
        const { events, from, rollups } = await sessions.rebuildReports()
        report(context, options, {
          json: { events, from: from === null ? null : toIso(from), rollups },
          lines: [
            from === null
              ? 'Nothing has been counted yet; latchkey reports update does it.'
              : `Made ${rollups} numbers from ${events} events, from ${toIso(from)} on.`,
          ],
        })
      })
    },
  )
}
