import { type Command, Option } from 'commander'
import {
  type Alert,
  type AlertConditions,
  type AlertState,
  alertStates,
  type Severity,
  severities,
} from 'latchkey'
import type { AlertOnWire } from 'latchkey/http'
import { alertsOnWire } from '../alerts/alert-on-wire.ts'
import type { Program } from '../program/open-program.ts'
import type { CommandContext } from './command-context.ts'
import { limitFrom } from './limit-option.ts'
import { report, table } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'
import { userIdOf } from './user-id-of.ts'

type ListOptions = StandardOptions & {
  readonly state: AlertState | 'unresolved' | 'all'
  readonly severity?: Severity
  readonly detector?: string
  readonly user?: string
  readonly limit: number
}

const pageSize = 200

/** `latchkey alerts list`: newest first. */
export function alertsListCommand(context: CommandContext): Command {
  return standardCommand('list', 'list alerts, newest first')
    .addOption(
      new Option('--state <state>', 'in this state; unresolved: open or acknowledged')
        .choices(['unresolved', 'all', ...alertStates])
        .default('unresolved'),
    )
    .addOption(new Option('--severity <severity>', 'at least of this severity').choices([...severities]))
    .option('--detector <name>', 'of this detector')
    .option('--user <id>', 'about this user: an id, or the e-mail address of an account')
    .option('--limit <number>', 'how many at most', limitFrom, 50)
    .action((options: ListOptions) => list(context, options))
}

async function list(context: CommandContext, options: ListOptions): Promise<void> {
  await runOnExisting(context, options, async (program) => {
    const conditions = await conditionsOf(context, program, options)
    const { found, hasMore } = await read(program, conditions, options.limit)
    const alerts = await alertsOnWire(program, found)
    report(context, options, {
      json: { alerts, has_more: hasMore },
      lines: [
        ...(alerts.length === 0 ? ['No alert fits.'] : table(alerts.map(row))),
        ...(hasMore ? [`There are more; --limit ${options.limit * 2} shows them.`] : []),
      ],
    })
  })
}

async function conditionsOf(
  context: CommandContext,
  program: Program,
  { state, severity, detector, user }: ListOptions,
): Promise<AlertConditions> {
  const states: readonly AlertState[] =
    state === 'unresolved' ? ['open', 'acknowledged'] : state === 'all' ? [] : [state]
  return {
    ...(states.length > 0 && { states }),
    ...(severity !== undefined && { severities: severities.slice(severities.indexOf(severity)) }),
    ...(detector !== undefined && { detectors: [detector] }),
    ...(user !== undefined && { userId: await userIdOf(context, program, user) }),
  }
}

async function read(
  { sessions }: Program,
  conditions: AlertConditions,
  most: number,
): Promise<{ readonly found: readonly Alert[]; readonly hasMore: boolean }> {
  const found: Alert[] = []
  let cursor: string | null = null
  do {
    const page = await sessions.listAlerts(conditions, {
      cursor,
      limit: Math.min(pageSize, most - found.length),
    })
    found.push(...page.items)
    cursor = page.next
  } while (cursor !== null && found.length < most)
  return { found, hasMore: cursor !== null }
}

function row({
  id,
  last_at: at,
  severity,
  state,
  title,
  user_id: userId,
  user_label: label,
  reason,
}: AlertOnWire): string[] {
  return [id, at, severity, state, title, label ?? userId ?? '-', reason]
}
