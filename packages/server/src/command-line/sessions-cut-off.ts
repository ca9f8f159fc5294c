import type { Command } from 'commander'
import { type CutOffScope, type Instant, isDeviceId, toIso } from 'latchkey'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { instantFrom } from './instant-option.ts'
import { proofOfEnding } from './proof-of-ending.ts'
import { report } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'
import { userIdOf } from './user-id-of.ts'

type CutOffCommandOptions = StandardOptions & {
  readonly everybody?: boolean
  readonly user?: string
  readonly device?: string
  readonly createdBefore?: Instant
  readonly note?: string
}

/** `latchkey sessions cut-off`: everything that was created until then is over, whether it is on record or not. */
export function sessionsCutOffCommand(context: CommandContext): Command {
  return standardCommand(
    'cut-off',
    'end all sessions created until now, also those that a restored backup brings back',
  )
    .option('--everybody', 'of everybody')
    .option('--user <id>', 'of this user: an id, or the e-mail address of an account')
    .option('--device <id>', 'on this device of the user (with --user)')
    .option('--created-before <instant>', 'created until then: 2026-06-01T12:00:00Z', instantFrom)
    .option('--note <text>', 'why; stands in the audit log')
    .action((options: CutOffCommandOptions) => cutOff(context, options))
}

async function cutOff(context: CommandContext, options: CutOffCommandOptions): Promise<void> {
  const named = scopeOf(options)
  const { createdBefore, note } = options
  if (createdBefore !== undefined && createdBefore > Date.now()) {
    throw new CommandFailure('--created-before must not be later than now.', 2)
  }
  await runOnExisting(context, options, async (program) => {
    const { sessions } = program
    const scope =
      named.kind === 'everybody'
        ? named
        : { ...named, userId: await userIdOf(context, program, named.userId) }
    const proof = proofOfEnding()
    const count = await sessions.setCutOff(scope, {
      by: 'command-line',
      onReceipt: proof.keep,
      ...(createdBefore !== undefined && { notBefore: createdBefore }),
      ...(note !== undefined && { note }),
    })
    const until = createdBefore === undefined ? 'until now' : `until ${toIso(createdBefore)}`
    report(context, options, {
      json: { cut_off: onWire(scope), revoked_count: count, ...proof.json() },
      lines: [
        `No session ${whose(scope)} that was created ${until} is accepted any more.`,
        ...(scope.kind === 'everybody' ? [] : [`Ended: ${count}`]),
        ...proof.lines(),
      ],
    })
  })
}

function scopeOf({ everybody = false, user, device }: CutOffCommandOptions): CutOffScope {
  if (everybody === (user !== undefined)) {
    throw new CommandFailure('Name either --everybody or --user <id>.', 2)
  }
  if (user === undefined) {
    if (device !== undefined) throw new CommandFailure('--device goes with --user only.', 2)
    return { kind: 'everybody' }
  }
  if (device === undefined) return { kind: 'user', userId: user }
  if (!isDeviceId(device))
    throw new CommandFailure('--device must be an id as the console shows it: dev_….', 2)
  return { kind: 'device', userId: user, deviceId: device }
}

function whose(scope: CutOffScope): string {
  if (scope.kind === 'everybody') return 'of anybody'
  return scope.kind === 'user' ? `of ${scope.userId}` : `of ${scope.userId} on ${scope.deviceId}`
}

function onWire(scope: CutOffScope): Readonly<Record<string, string | null>> {
  return {
    scope: scope.kind,
    user_id: scope.kind === 'everybody' ? null : scope.userId,
    device_id: scope.kind === 'device' ? scope.deviceId : null,
  }
}
