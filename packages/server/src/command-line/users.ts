import { Command, Option } from 'commander'
import { type AccountRole, accountRoles } from '../accounts/account.ts'
import type { CreateAccountOutcome } from '../accounts/accounts.ts'
import { commandLine } from '../accounts/origin.ts'
import { generatePassword } from '../accounts/password-rules.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { readStandardInput } from './read-standard-input.ts'
import { report } from './report.ts'
import { runWithProgram } from './run-with-program.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'
import { usersDisableCommand, usersEnableCommand } from './users-disable.ts'
import { usersListCommand } from './users-list.ts'
import { usersSetPasswordCommand } from './users-set-password.ts'

type CreateOptions = StandardOptions & {
  readonly email: string
  readonly role: AccountRole
  readonly password?: string
  readonly passwordStdin?: boolean
}

/** `latchkey users create | set-password | list | disable | enable`. */
export function usersCommand(context: CommandContext): Command {
  const create = standardCommand('create', 'add an account')
    .requiredOption('--email <address>', 'e-mail address to sign in with')
    .addOption(new Option('--role <role>', 'what it may do').choices([...accountRoles]).default('user'))
    .addOption(
      new Option(
        '--password <password>',
        'visible in the list of processes; prefer --password-stdin',
      ).conflicts('passwordStdin'),
    )
    .option('--password-stdin', 'read the password from standard input')
    .action((options: CreateOptions) => createUser(context, options))
  return new Command('users')
    .description('accounts that can sign in to the program, and who may not sign in at all')
    .addCommand(create)
    .addCommand(usersSetPasswordCommand(context))
    .addCommand(usersListCommand(context))
    .addCommand(usersDisableCommand(context))
    .addCommand(usersEnableCommand(context))
}

async function createUser(context: CommandContext, options: CreateOptions): Promise<void> {
  const given = options.passwordStdin ? await readStandardInput() : options.password
  const password = given ?? generatePassword()
  await runWithProgram(context, options, async ({ accounts }) => {
    const outcome = await accounts.create({ email: options.email, role: options.role, password }, commandLine)
    if (outcome.kind !== 'created')
      throw new CommandFailure(refusal(outcome), outcome.kind === 'invalid' ? 2 : 1)
    const { id, email, role } = outcome.account
    report(context, options, {
      json: { user: { id, email, role }, ...(given === undefined && { password }) },
      lines: [
        `Account ${email} (${role}) was made: ${id}`,
        ...(given === undefined ? [`Its password, shown this once: ${password}`] : []),
      ],
    })
  })
}

function refusal(outcome: Exclude<CreateAccountOutcome, { readonly kind: 'created' }>): string {
  if (outcome.kind === 'email-taken') return 'This e-mail address has an account already.'
  return `${outcome.field === 'email' ? '--email' : 'The password'} ${outcome.message}.`
}
