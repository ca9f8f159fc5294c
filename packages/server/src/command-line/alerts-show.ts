import type { Command } from 'commander'
import type { AlertOnWire } from 'latchkey/http'
import { alertsOnWire } from '../alerts/alert-on-wire.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { report, table } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

/** `latchkey alerts show <id>`. */
export function alertsShowCommand(context: CommandContext): Command {
  return standardCommand('show', 'show one alert, with its evidence and notes')
    .argument('<id>', 'the id of the alert: alr_…')
    .action((id: string, options: StandardOptions) => show(context, id, options))
}

async function show(context: CommandContext, id: string, options: StandardOptions): Promise<void> {
  await runOnExisting(context, options, async (program) => {
    const found = await program.sessions.getAlert(id)
    const [alert] = found === null ? [] : await alertsOnWire(program, [found])
    if (alert === undefined) throw noSuchAlert(id)
    report(context, options, { json: { alert }, lines: alertLines(alert) })
  })
}

export function noSuchAlert(id: string): CommandFailure {
  return new CommandFailure(`There is no alert ${id}; latchkey alerts list shows those that there are.`)
}

/** An alert for people, a line for each thing that is known of it. */
export function alertLines(alert: AlertOnWire): string[] {
  const facts: (readonly [string, string | null])[] = [
    ['Alert', alert.id],
    ['Detector', `${alert.title} (${[alert.detector, ...alert.attack].join(', ')})`],
    ['Reason', alert.reason],
    ['Severity', alert.severity],
    ['State', alert.state],
    ['User', alert.user_label ?? alert.user_id],
    ['Session', alert.session_id === null ? null : `${alert.session_id}${activity(alert.session_active)}`],
    ['Device', alert.device_id],
    ['Noticed', `${alert.count} times, first ${alert.first_at}, last ${alert.last_at}`],
    ['Looked after by', alert.assignee_label ?? alert.assignee],
    ['Its user says', alert.answer === null ? null : `${alert.answer} (${alert.answered_at ?? ''})`],
    ['Response', alert.response === null ? null : `${alert.response} (${alert.responded_at ?? 'not yet'})`],
    ['Evidence', JSON.stringify(alert.evidence)],
  ]
  const rows = facts.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
  const notes = alert.notes.map(({ at, by, by_label: label, text }) => `${at} ${label ?? by}: ${text}`)
  return [...table(rows), ...notes]
}

function activity(isActive: boolean | null): string {
  if (isActive === null) return ''
  return isActive ? ' (live)' : ' (over)'
}
