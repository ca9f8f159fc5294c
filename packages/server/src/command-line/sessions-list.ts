import { isIP } from 'node:net'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { deviceTypes, type Session } from 'latchkey'
import type { Program } from '../program/open-program.ts'
import type { CommandContext } from './command-context.ts'
import { conditionsOfOptions, type FilterOptions, filterMeaning } from './filtered-sessions.ts'
import { limitFrom } from './limit-option.ts'
import { report } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { managedSession, sessionTable } from './sessions-output.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

type ListOptions = StandardOptions & FilterOptions & { readonly limit: number }

const pageSize = 200

/** `latchkey sessions list`: newest first. */
export function sessionsListCommand(context: CommandContext): Command {
  return standardCommand('list', 'list sessions, newest first')
    .option('--filter <text>', filterMeaning)
    .option('--user <id>', 'of this user: an id, or the e-mail address of an account')
    .addOption(
      new Option('--state <state>', 'which of them; default: live, unless the filter says it').choices([
        'live',
        'ended',
        'all',
      ]),
    )
    .addOption(new Option('--device-type <type>', 'on this kind of device').choices([...deviceTypes]))
    .option('--address <ip>', 'from this address', addressOf)
    .option('--search <text>', 'whose user, id or address begins with this, or whose e-mail address has it')
    .option('--limit <number>', 'how many at most', limitFrom, 50)
    .action((options: ListOptions) => list(context, options))
}

async function list(context: CommandContext, options: ListOptions): Promise<void> {
  await runOnExisting(context, options, async (program) => {
    const { sessions, hasMore } = await read(context, program, options)
    const emails = await program.accounts.emailsOf([...new Set(sessions.map((session) => session.userId))])
    const labelled = sessions.map((session) => managedSession(session, emails.get(session.userId) ?? null))
    report(context, options, {
      json: { sessions: labelled, has_more: hasMore },
      lines: [
        ...(labelled.length === 0 ? ['No session fits.'] : sessionTable(labelled)),
        ...(hasMore ? [`There are more; --limit ${options.limit * 2} shows them.`] : []),
      ],
    })
  })
}

async function read(
  context: CommandContext,
  program: Program,
  options: ListOptions,
): Promise<{ readonly sessions: readonly Session[]; readonly hasMore: boolean }> {
  const filter = await conditionsOfOptions(context, program, options)
  const found: Session[] = []
  let cursor: string | null = null
  do {
    const limit = Math.min(pageSize, options.limit - found.length)
    const page = await program.sessions.listSessions(filter, { cursor, limit })
    found.push(...page.items)
    cursor = page.next
  } while (cursor !== null && found.length < options.limit)
  return { sessions: found, hasMore: cursor !== null }
}

function addressOf(text: string): string {
  if (isIP(text) !== 0) return text
  throw new InvalidArgumentError('It must be an IP address.')
}
