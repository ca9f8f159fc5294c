import { type Command, Option } from 'commander'
import { type AlertState, alertStates } from 'latchkey'
import { alertsOnWire } from '../alerts/alert-on-wire.ts'
import type { Program } from '../program/open-program.ts'
import { alertLines, noSuchAlert } from './alerts-show.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { report } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

type ChangeOptions = StandardOptions & {
  readonly state?: AlertState
  readonly assign?: string
  readonly unassign?: boolean
  readonly note?: string
}

/** `latchkey alerts change <id>`. */
export function alertsChangeCommand(context: CommandContext): Command {
  return standardCommand('change', 'look after an alert')
    .argument('<id>', 'the id of the alert: alr_…')
    .addOption(new Option('--state <state>', 'what is thought of it').choices([...alertStates]))
    .option('--assign <email>', 'the account that looks after it')
    .option('--unassign', 'nobody looks after it')
    .option('--note <text>', 'written beside it')
    .action((id: string, options: ChangeOptions) => change(context, id, options))
}

async function change(context: CommandContext, id: string, options: ChangeOptions): Promise<void> {
  const { state, assign, unassign, note } = options
  if (state === undefined && assign === undefined && unassign === undefined && note === undefined) {
    throw new CommandFailure('Say what is to change: --state, --assign, --unassign or --note.', 2)
  }
  if (assign !== undefined && unassign) throw new CommandFailure('Name either --assign or --unassign.', 2)
  await runOnExisting(context, options, async (program) => {
    const assignee = unassign ? null : assign && (await accountIdOf(program, assign))
    const wanted = {
      ...(state !== undefined && { state }),
      ...(assignee !== undefined && { assignee }),
      ...(note !== undefined && { note }),
    }
    const outcome = await program.sessions.changeAlert(id, wanted, { by: 'command-line' })
    const [alert] = outcome.kind === 'changed' ? await alertsOnWire(program, [outcome.alert]) : []
    if (alert === undefined) throw noSuchAlert(id)
    report(context, options, { json: { alert }, lines: alertLines(alert) })
  })
}

async function accountIdOf({ accounts }: Program, email: string): Promise<string> {
  const account = await accounts.findByEmail(email)
  if (account?.role === 'admin') return account.id
  throw new CommandFailure(`No administrator has the address ${email}.`)
}
