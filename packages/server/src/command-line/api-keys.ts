import { Command } from 'commander'
import { toIso } from 'latchkey'
import type { ApiKey } from '../accounts/api-key-store.ts'
import { commandLine } from '../accounts/origin.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { report, table } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { runWithProgram } from './run-with-program.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

type CreateOptions = StandardOptions & { readonly name: string }

/** `latchkey api-keys create | list | revoke`: keys for host back ends. */
export function apiKeysCommand(context: CommandContext): Command {
  const create = standardCommand('create', 'make a key; it is shown once')
    .requiredOption('--name <name>', 'what it is for, to know it by')
    .action((options: CreateOptions) => createKey(context, options))
  const list = standardCommand('list', 'list keys, revoked ones included').action(
    (options: StandardOptions) => listKeys(context, options),
  )
  const revoke = standardCommand('revoke', 'end a key, for good; refused everywhere within 2 seconds')
    .argument('<id>', 'as list shows it: key_…')
    .action((id: string, options: StandardOptions) => revokeKey(context, options, id))
  return new Command('api-keys')
    .description('keys with which host back ends speak to the API')
    .addCommand(create)
    .addCommand(list)
    .addCommand(revoke)
}

async function createKey(context: CommandContext, options: CreateOptions): Promise<void> {
  const name = options.name.trim()
  if (name === '' || name.length > 100) throw new CommandFailure('--name must have 1 to 100 characters.', 2)
  await runWithProgram(context, options, async ({ apiKeys }) => {
    const { key, apiKey } = await apiKeys.create(name, commandLine)
    report(context, options, {
      json: { api_key: onWire(apiKey), key },
      lines: [`Key ${apiKey.id} (${name}), shown this once:`, key],
    })
  })
}

async function listKeys(context: CommandContext, options: StandardOptions): Promise<void> {
  await runOnExisting(context, options, async ({ apiKeys }) => {
    const keys = await apiKeys.list()
    const rows = keys.map((key) => [
      key.id,
      `${key.hint}…`,
      toIso(key.createdAt),
      key.revokedAt === null ? 'in force' : `revoked ${toIso(key.revokedAt)}`,
      key.name,
    ])
    report(context, options, {
      json: { api_keys: keys.map(onWire) },
      lines: keys.length === 0 ? ['There is no key.'] : table(rows),
    })
  })
}

async function revokeKey(context: CommandContext, options: StandardOptions, id: string): Promise<void> {
  await runOnExisting(context, options, async ({ apiKeys }) => {
    if (!(await apiKeys.revoke(id, commandLine)))
      throw new CommandFailure('There is no key of that id in force.')
    report(context, options, {
      json: { revoked: true, id },
      lines: [`Key ${id} is revoked. Every process refuses it within 2 seconds.`],
    })
  })
}

function onWire(key: ApiKey): Record<string, unknown> {
  return {
    id: key.id,
    name: key.name,
    hint: key.hint,
    created_at: toIso(key.createdAt),
    revoked_at: key.revokedAt === null ? null : toIso(key.revokedAt),
  }
}
