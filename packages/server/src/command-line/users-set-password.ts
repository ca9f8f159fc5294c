import type { Command } from 'commander'
import { commandLine } from '../accounts/origin.ts'
import type { PasswordChangeOutcome } from '../accounts/password-change.ts'
import { generatePassword } from '../accounts/password-rules.ts'
import type { Program } from '../program/open-program.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { proofOfEnding } from './proof-of-ending.ts'
import { readStandardInput } from './read-standard-input.ts'
import { report } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

type SetPasswordOptions = StandardOptions & { readonly passwordStdin?: boolean }

/** `latchkey users set-password`: for somebody who forgot theirs, or may have lost it to somebody else. */
export function usersSetPasswordCommand(context: CommandContext): Command {
  return standardCommand('set-password', 'give an account another password, and end all its sessions')
    .argument('<email>', 'e-mail address of the account')
    .option('--password-stdin', 'read the password from standard input; default: one is made up')
    .action((email: string, options: SetPasswordOptions) => setPassword(context, options, email))
}

async function setPassword(
  context: CommandContext,
  options: SetPasswordOptions,
  email: string,
): Promise<void> {
  const given = options.passwordStdin ? await readStandardInput() : null
  const password = given ?? generatePassword()
  await runOnExisting(context, options, async (program) => {
    const id = await changed(program, email, password)
    const proof = proofOfEnding()
    const count = await program.sessions.invalidateAllUserSessions(id, {
      by: commandLine.by,
      onReceipt: proof.keep,
    })
    report(context, options, {
      json: {
        changed: true,
        user_id: id,
        revoked_count: count,
        ...(given === null && { password }),
        ...proof.json(),
      },
      lines: [
        `Account ${id} has another password. Sessions that ended with it: ${count}`,
        ...(given === null ? [`It is shown this once: ${password}`] : []),
        ...proof.lines(),
      ],
    })
  })
}

/** The id of the account. */
async function changed({ accounts }: Program, email: string, password: string): Promise<string> {
  const id = (await accounts.findByEmail(email))?.id ?? null
  const change = { ...commandLine, sessionId: null, endedSessions: 'all' } as const
  const outcome = id === null ? null : await accounts.setPassword(id, password, change)
  if (id === null || outcome === null) throw new CommandFailure('This e-mail address has no account.')
  if (outcome.kind !== 'changed')
    throw new CommandFailure(refusal(outcome), outcome.kind === 'invalid' ? 2 : 1)
  return id
}

function refusal(outcome: Exclude<PasswordChangeOutcome, { readonly kind: 'changed' }>): string {
  return outcome.kind === 'invalid'
    ? `The password ${outcome.message}.`
    : 'The password was changed from elsewhere at the same moment; nothing was changed by this.'
}
