import { Command, Option } from 'commander'
import { type AccountRole, accountRoles } from '../accounts/account.ts'
import type { CreateAccountOutcome } from '../accounts/accounts.ts'
import { generatePassword } from '../accounts/password-rules.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { readStandardInput } from './read-standard-input.ts'
import { report } from './report.ts'
import { runWithProgram } from './run-with-program.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

type CreateOptions = StandardOptions & {
  readonly email: string
  readonly role: AccountRole
  readonly password?: string
  readonly passwordStdin?: boolean
}

/** `latchkey users create`: adds an account of the program itself. */
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
  return new Command('users').description('accounts that can sign in to the program').addCommand(create)
}

async function createUser(context: CommandContext, options: CreateOptions): Promise<void> {
  const given = options.passwordStdin ? await readStandardInput() : options.password
  const password = given ?? generatePassword()
  await runWithProgram(context, options, async ({ accounts }) => {
    const outcome = await accounts.create({ email: options.email, role: options.role, password })
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
