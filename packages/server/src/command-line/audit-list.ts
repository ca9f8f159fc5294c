import { type Command, Option } from 'commander'
import { type EventConditions, type Instant, type SessionEventType, sessionEventTypes } from 'latchkey'
import type { AuditEntry } from 'latchkey/http'
import { auditPage } from '../audit/audit-page.ts'
import { labelledEntries } from '../audit/labels.ts'
import type { Program } from '../program/open-program.ts'
import type { CommandContext } from './command-context.ts'
import { instantFrom } from './instant-option.ts'
import { limitFrom } from './limit-option.ts'
import { report, table } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'
import { userIdOf } from './user-id-of.ts'

type ListOptions = StandardOptions & {
  readonly user?: string
  readonly session?: string
  readonly actor?: string
  readonly event?: string
  readonly type?: SessionEventType
  readonly from?: Instant
  readonly until?: Instant
  readonly limit: number
}

const pageSize = 200

/** `latchkey audit list`: newest first. */
export function auditListCommand(context: CommandContext): Command {
  return standardCommand('list', 'list the audit log, newest first')
    .option('--user <id>', 'about this user: an id, or the e-mail address of an account')
    .option('--session <id>', 'about this session')
    .option('--actor <actor>', 'by user:<id>, admin:<id>, service:<key id>, command-line or system')
    .option('--event <name>', 'of this name in the OWASP Logging Vocabulary (authn_login_fail, …)')
    .addOption(new Option('--type <type>', 'of this type').choices([...sessionEventTypes]))
    .option('--from <instant>', 'from then on: 2026-06-01T12:00:00Z', instantFrom)
    .option('--until <instant>', 'before then', instantFrom)
    .option('--limit <number>', 'how many at most', limitFrom, 50)
    .action((options: ListOptions) => list(context, options))
}

async function list(context: CommandContext, options: ListOptions): Promise<void> {
  await runOnExisting(context, options, async (program) => {
    const { entries, hasMore } = await read(context, program, options)
    report(context, options, {
      json: { entries, has_more: hasMore },
      lines: [
        ...(entries.length === 0 ? ['No entry fits.'] : table(entries.map(row))),
        ...(hasMore ? [`There are more; --limit ${options.limit * 2} shows them.`] : []),
      ],
    })
  })
}

async function read(
  context: CommandContext,
  program: Program,
  options: ListOptions,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly hasMore: boolean }> {
  const { accounts, sessions } = program
  const user = options.user === undefined ? {} : { user: await userIdOf(context, program, options.user) }
  const sought = { conditions: conditionsOf({ ...options, ...user }), event: options.event ?? null }
  const entries: AuditEntry[] = []
  let cursor: string | null = null
  do {
    const limit = Math.min(pageSize, options.limit - entries.length)
    const page = await auditPage(sessions, sought, { cursor, limit })
    entries.push(...(await labelledEntries(accounts, page.items)))
    cursor = page.next
  } while (cursor !== null && entries.length < options.limit)
  return { entries, hasMore: cursor !== null }
}

function conditionsOf({ user, session, actor, type, from, until }: ListOptions): EventConditions {
  return {
    ...(user !== undefined && { userId: user }),
    ...(session !== undefined && { sessionId: session }),
    ...(actor !== undefined && { actor }),
    ...(type !== undefined && { types: [type] }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  }
}

function row({
  position,
  at,
  level,
  event,
  type,
  actor,
  actor_label: actorLabel,
  user_id: userId,
  user_label: userLabel,
  description,
}: AuditEntry): string[] {
  const by = actorLabel === null ? actor : `${actor.split(':', 1)[0]}:${actorLabel}`
  return [String(position), at, level, event ?? type, by, userLabel ?? userId ?? '-', description]
}
