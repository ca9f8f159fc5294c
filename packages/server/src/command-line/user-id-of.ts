import type { Program } from '../program/open-program.ts'
import type { CommandContext } from './command-context.ts'

/** Whom a command names: what has the form of an account's address means the account; everything else is an id. */
export async function userIdOf(
  { stderr }: Pick<CommandContext, 'stderr'>,
  { accounts }: Pick<Program, 'accounts'>,
  user: string,
): Promise<string> {
  const account = await accounts.findByEmail(user)
  if (account !== null) return account.id
  if (user.includes('@')) {
    stderr(`No account has the address ${user}; it was taken for the id of a user of a host application.`)
  }
  return user
}
