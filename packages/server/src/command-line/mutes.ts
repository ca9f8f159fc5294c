import { Command, InvalidArgumentError } from 'commander'
import type { Instant } from 'latchkey'
import type { MuteOnWire } from 'latchkey/http'
import { mutesOnWire } from '../alerts/alert-on-wire.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { instantFrom } from './instant-option.ts'
import { report, table } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'
import { userIdOf } from './user-id-of.ts'

/** `latchkey mutes list | add | remove`. */
export function mutesCommand(context: CommandContext): Command {
  return new Command('mutes')
    .description('findings that nobody wants to hear of')
    .addCommand(listCommand(context))
    .addCommand(addCommand(context))
    .addCommand(removeCommand(context))
}

function listCommand(context: CommandContext): Command {
  return standardCommand('list', 'list mutes, newest first').action((options: StandardOptions) =>
    runOnExisting(context, options, async ({ sessions, accounts }) => {
      const mutes = await mutesOnWire(accounts, await sessions.getMutes())
      const lines = mutes.length === 0 ? ['Nothing is muted.'] : table(mutes.map(row))
      report(context, options, { json: { mutes }, lines })
    }),
  )
}

type AddOptions = StandardOptions & {
  readonly detector?: string
  readonly user?: string
  readonly device?: string
  readonly network?: number
  readonly until?: Instant
  readonly note?: string
}

function addCommand(context: CommandContext): Command {
  return standardCommand('add', 'mute findings; all conditions that are named must hold')
    .option('--detector <name>', 'of this detector')
    .option('--user <id>', 'about this user: an id, or the e-mail address of an account')
    .option('--device <id>', 'on this device')
    .option('--network <number>', 'from this autonomous system: 64500 or AS64500', networkFrom)
    .option('--until <instant>', 'until then; default: for ever', instantFrom)
    .option('--note <text>', 'why')
    .action((options: AddOptions) => add(context, options))
}

async function add(context: CommandContext, options: AddOptions): Promise<void> {
  await runOnExisting(context, options, async (program) => {
    const { sessions, accounts } = program
    const { detector = null, user, device, network = null, until = null, note = null } = options
    const known = await sessions.detectors()
    if (detector !== null && !known.some(({ name }) => name === detector)) {
      throw new CommandFailure(
        `There is no detector ${detector}; latchkey detectors list shows those that there are.`,
        2,
      )
    }
    const userId = user === undefined ? null : await userIdOf(context, program, user)
    const wanted = { detector, userId, deviceId: device ?? null, network, until, note }
    const mute = await sessions.addMute(wanted, { by: 'command-line' })
    const [shown] = await mutesOnWire(accounts, [mute])
    report(context, options, { json: { mute: shown }, lines: [`Muted: ${mute.id}`] })
  })
}

function removeCommand(context: CommandContext): Command {
  return standardCommand('remove', 'take a mute back')
    .argument('<id>', 'the id of the mute: mut_…')
    .action((id: string, options: StandardOptions) =>
      runOnExisting(context, options, async ({ sessions }) => {
        if (!(await sessions.removeMute(id, { by: 'command-line' }))) {
          throw new CommandFailure(`There is no mute ${id}; latchkey mutes list shows those that there are.`)
        }
        report(context, options, { json: { mute: id, removed: true }, lines: [`${id} was taken back.`] })
      }),
    )
}

function row(mute: MuteOnWire): string[] {
  const { id, detector, user_id: userId, user_label: label, device_id: device, network, until, note } = mute
  const whose = label ?? userId
  const conditions = [
    detector,
    whose === null ? null : `user ${whose}`,
    device,
    network === null ? null : `AS${network}`,
  ]
  const shown = conditions.filter((condition) => condition !== null).join(', ')
  return [id, shown, until === null ? 'for ever' : `until ${until}`, note ?? '']
}

function networkFrom(text: string): number {
  const number = Number(text.replace(/^AS/i, ''))
  if (/^(AS)?\d{1,10}$/i.test(text) && number < 2 ** 32) return number
  throw new InvalidArgumentError('It must be the number of an autonomous system, such as AS64500.')
}
