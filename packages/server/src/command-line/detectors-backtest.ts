import { type Command, InvalidArgumentError } from 'commander'
import {
  before,
  type DetectorSetting,
  days,
  detectorModes,
  type Instant,
  responses,
  systemClock,
} from 'latchkey'
import type { BacktestResult } from 'latchkey/http'
import { backtestOnWire } from '../alerts/backtest-on-wire.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { counted } from './counted.ts'
import { instantFrom } from './instant-option.ts'
import { report, table } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

type BacktestOptions = StandardOptions & {
  readonly from?: Instant
  readonly to?: Instant
  readonly draft: readonly DetectorSetting[]
}

/** `latchkey detectors backtest`: changes nothing. */
export function detectorsBacktestCommand(context: CommandContext): Command {
  return standardCommand('backtest', 'say of a time that has been whom a draft would have concerned')
    .option('--from <instant>', 'from then on; default: 30 days ago', instantFrom)
    .option('--to <instant>', 'until then; default: now', instantFrom)
    .option(
      '--draft <setting>',
      'name=mode or name=enforce:response, as often as needed; others are as they are set',
      draftFrom,
      [],
    )
    .action((options: BacktestOptions) => backtest(context, options))
}

function draftFrom(text: string, named: readonly DetectorSetting[]): readonly DetectorSetting[] {
  const [, detector = '', modeText = '', responseText = 'notify'] =
    /^([a-z0-9-]+)=([a-z]+)(?::([a-z-]+))?$/.exec(text) ?? []
  const mode = detectorModes.find((each) => each === modeText)
  const response = responses.find((each) => each === responseText)
  if (mode !== undefined && response !== undefined) return [...named, { detector, mode, response }]
  throw new InvalidArgumentError(
    'It must be such as new-country=observe or impossible-travel=enforce:end-session.',
  )
}

async function backtest(context: CommandContext, options: BacktestOptions): Promise<void> {
  const until = options.to ?? systemClock.now()
  const from = options.from ?? before(until, days(30))
  if (from >= until) throw new CommandFailure('--to must be later than --from.', 2)
  await runOnExisting(context, options, async ({ sessions, accounts }) => {
    const known = new Set((await sessions.detectors()).map(({ name }) => name))
    const stranger = options.draft.find(({ detector }) => !known.has(detector))
    if (stranger !== undefined) throw new CommandFailure(`There is no detector ${stranger.detector}.`, 2)
    const show = counted(context, 'Events replayed')
    const found = await sessions.backtest(
      { from, until, draft: options.draft },
      ({ events }) => show(events),
      new AbortController().signal,
    )
    const { kind: _, ...result } = await backtestOnWire(accounts, found)
    report(context, options, { json: result, lines: linesOf(result) })
  })
}

function linesOf({
  sessions,
  detectors,
  responses: counts,
  affected,
}: Omit<BacktestResult, 'kind'>): string[] {
  const concerned = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return [
    `Of ${sessions} sessions, ${concerned} would have been answered: ${counts['end-session']} ended, ${counts['require-reauthentication']} asked to prove who they are, ${counts.notify} told.`,
    ...table(
      detectors.map((found) => [
        found.detector,
        `${found.findings} findings`,
        `${found.sessions} sessions`,
        `${found.users} users`,
      ]),
    ),
    ...table(
      affected.map(({ at, response, user_label: label, user_id: id, session_id: session, reason }) => [
        at,
        response,
        label ?? id ?? '-',
        session ?? '-',
        reason,
      ]),
    ),
  ]
}
