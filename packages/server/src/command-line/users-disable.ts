import type { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { proofOfEnding } from './proof-of-ending.ts'
import { report } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'
import { userIdOf } from './user-id-of.ts'

type DisableOptions = StandardOptions & { readonly note?: string }

const whom = 'id of a user of an application or of an account, or the e-mail address of an account'

/** `latchkey users disable`: a running server accepts nothing of the user any more, at once. */
export function usersDisableCommand(context: CommandContext): Command {
  return standardCommand('disable', 'end all sessions of a user, and refuse new ones')
    .argument('<user>', whom)
    .option('--note <text>', 'why; stands in the audit log')
    .action((user: string, options: DisableOptions) => disable(context, options, user))
}

/** `latchkey users enable` */
export function usersEnableCommand(context: CommandContext): Command {
  return standardCommand('enable', 'let a user sign in again; sessions that ended stay ended')
    .argument('<user>', whom)
    .action((user: string, options: StandardOptions) => enable(context, options, user))
}

async function disable(context: CommandContext, options: DisableOptions, user: string): Promise<void> {
  await runOnExisting(context, options, async (program) => {
    const userId = await userIdOf(context, program, user)
    const proof = proofOfEnding()
    const count = await program.sessions.disableUser(userId, {
      by: 'command-line',
      onReceipt: proof.keep,
      ...(options.note !== undefined && { note: options.note }),
    })
    report(context, options, {
      json: { disabled: true, user_id: userId, revoked_count: count, ...proof.json() },
      lines: [`User ${userId} is disabled. Sessions that ended with it: ${count}`, ...proof.lines()],
    })
  })
}

async function enable(context: CommandContext, options: StandardOptions, user: string): Promise<void> {
  await runOnExisting(context, options, async (program) => {
    const userId = await userIdOf(context, program, user)
    if (!(await program.sessions.enableUser(userId, { by: 'command-line' }))) {
      throw new CommandFailure(`User ${userId} is not disabled.`)
    }
    report(context, options, {
      json: { enabled: true, user_id: userId },
      lines: [`User ${userId} may sign in again.`],
    })
  })
}
