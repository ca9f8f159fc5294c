import { type Command, Option } from 'commander'
import {
  type Analytics,
  type AnalyticsGroup,
  analyticsGroups,
  before,
  days,
  type Instant,
  noFilter,
  type RollupInterval,
  rollupIntervals,
  systemClock,
  toIso,
} from 'latchkey'
import { toAnalyticsResponse } from 'latchkey/http'
import { conditionsOf, parsedFilter } from '../filters/parsed-filter.ts'
import type { CommandContext } from './command-context.ts'
import { asUsage } from './filtered-sessions.ts'
import { instantFrom } from './instant-option.ts'
import { report, table } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

type AnalyticsOptions = StandardOptions & {
  readonly from?: Instant
  readonly to?: Instant
  readonly interval: RollupInterval
  readonly groupBy?: AnalyticsGroup
  readonly filter?: string
}

/** `latchkey analytics`: sessions over time. */
export function analyticsCommand(context: CommandContext): Command {
  return standardCommand('analytics', 'sessions over time, in numbers')
    .option('--from <instant>', 'from then on: 2026-06-01; default: 7 days before --to', instantFrom)
    .option('--to <instant>', 'before then; default: now', instantFrom)
    .addOption(
      new Option('--interval <interval>', 'by the hour or day').choices([...rollupIntervals]).default('day'),
    )
    .addOption(new Option('--group-by <group>', 'what sessions are grouped by').choices([...analyticsGroups]))
    .option('--filter <filter>', 'only sessions of this filter: "country:NO browser:Chrome"')
    .action((options: AnalyticsOptions) => show(context, options))
}

async function show(context: CommandContext, options: AnalyticsOptions): Promise<void> {
  await runOnExisting(context, options, async (program) => {
    const until = options.to ?? systemClock.now()
    const filter = options.filter
      ? await asUsage(() => parsedFilter(program, options.filter ?? ''))
      : noFilter
    const groupBy = options.groupBy ?? null
    const analytics = await program.sessions.getAnalytics({
      from: options.from ?? before(until, days(7)),
      until,
      interval: options.interval,
      conditions: options.filter ? await conditionsOf(program, filter) : null,
      groupBy,
    })
    report(context, options, {
      json: { ...toAnalyticsResponse(analytics, { filter, groupBy }) },
      lines: linesOf(analytics),
    })
  })
}

function linesOf({ points, groups, durations, totals, before: earlier, eventsBehind }: Analytics): string[] {
  const number = (count: number | null): string => (count === null ? '-' : String(count))
  return [
    ...table([
      ['from', 'created', 'ended', 'verified', 'refused', 'users'],
      ...points.map((point) => [
        toIso(point.start),
        ...[point.created, point.ended, point.verified, point.refused, point.distinctUsers].map(number),
      ]),
    ]),
    earlier === null
      ? `Created ${totals.created}, ended ${totals.ended}; of the period before not all is known.`
      : `Created ${totals.created} (the period before: ${earlier.created}), ended ${totals.ended} (${earlier.ended}).`,
    ...(durations.p50 === null ? [] : [`Half of them lasted up to ${Math.round(durations.p50 / 1_000)} s.`]),
    ...(groups === null ? [] : table(groups.map(({ value, created }) => [value, String(created)]))),
    ...(eventsBehind > 0
      ? [`${eventsBehind} events are not counted yet; latchkey reports update does it.`]
      : []),
  ]
}
