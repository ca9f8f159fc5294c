import type { Command } from 'commander'
import { type CutOff, forever, toIso } from 'latchkey'
import type { Account } from '../accounts/account.ts'
import type { CommandContext } from './command-context.ts'
import { report, table } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

/** `latchkey users list`: the program's own accounts, and users of applications that are disabled. */
export function usersListCommand(context: CommandContext): Command {
  return standardCommand('list', 'list accounts, and everybody who is disabled').action(
    (options: StandardOptions) => list(context, options),
  )
}

interface ListedUser {
  readonly id: string
  /** Null for a user of an application. */
  readonly account: Account | null
  /** Since when; null: they may sign in. */
  readonly disabled: CutOff | null
}

async function list(context: CommandContext, options: StandardOptions): Promise<void> {
  await runOnExisting(context, options, async ({ accounts, sessions }) => {
    const users = joined(await accounts.list(), await sessions.listCutOffs())
    report(context, options, {
      json: { users: users.map(onWire) },
      lines: users.length === 0 ? ['There is no account.'] : table(users.map(row)),
    })
  })
}

function joined(accounts: readonly Account[], cutOffs: readonly CutOff[]): ListedUser[] {
  const disabled = new Map<string, CutOff>()
  for (const cutOff of cutOffs) {
    const { scope, notBefore } = cutOff
    if (scope.kind === 'user' && notBefore === forever) disabled.set(scope.userId, cutOff)
  }
  const own = accounts.map((account) => ({
    id: account.id,
    account,
    disabled: disabled.get(account.id) ?? null,
  }))
  const ids = new Set(accounts.map(({ id }) => id))
  const others = [...disabled].filter(([id]) => !ids.has(id))
  return [...own, ...others.map(([id, cutOff]) => ({ id, account: null, disabled: cutOff }))]
}

function onWire({ id, account, disabled }: ListedUser): Record<string, unknown> {
  return {
    id,
    email: account?.email ?? null,
    role: account?.role ?? null,
    created_at: account && toIso(account.createdAt),
    disabled_at: disabled && toIso(disabled.setAt),
    disabled_by: disabled?.by ?? null,
    note: disabled?.note ?? null,
  }
}

function row({ id, account, disabled }: ListedUser): string[] {
  const state = disabled === null ? 'may sign in' : `disabled ${toIso(disabled.setAt)} by ${disabled.by}`
  return [id, account?.email ?? '-', account?.role ?? '-', state, disabled?.note ?? '']
}
