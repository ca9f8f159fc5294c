import { type Command, InvalidArgumentError } from 'commander'
import type { Program } from '../program/open-program.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { filterMeaning } from './filtered-sessions.ts'
import { proofOfEnding } from './proof-of-ending.ts'
import { report } from './report.ts'
import { revokeFiltered } from './revoke-filtered.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'
import { userIdOf } from './user-id-of.ts'

type RevokeOptions = StandardOptions & {
  readonly user?: string
  readonly except?: string
  readonly filter?: string
  readonly expect?: number
}

/** Stands in the record and in the event of what a command ended. */
const by = 'command-line'

/** `latchkey sessions revoke`: one session, a user's, or those of a filter. A running server stops accepting them at once. */
export function sessionsRevokeCommand(context: CommandContext): Command {
  return standardCommand('revoke', 'end a session, every session of a user, or those of a filter')
    .argument('[session_id]', 'as list shows it: ses_…')
    .option('--user <id>', 'end every session of this user: an id, or the e-mail address of an account')
    .option('--except <session_id>', 'but this one (with --user and --filter)')
    .option('--filter <text>', `end every live session ${filterMeaning}`)
    .option(
      '--expect <number>',
      'how many that are (with --filter); with another number nothing ends',
      expected,
    )
    .action((id: string | undefined, options: RevokeOptions) => revoke(context, options, id))
}

async function revoke(
  context: CommandContext,
  options: RevokeOptions,
  id: string | undefined,
): Promise<void> {
  const { user, except, filter, expect } = options
  if ([id, user, filter].filter((named) => named !== undefined).length !== 1) {
    throw new CommandFailure('Name either a session id, or --user <id>, or --filter <text>.', 2)
  }
  if (except !== undefined && id !== undefined)
    throw new CommandFailure('--except goes with --user and --filter only.', 2)
  if (expect !== undefined && filter === undefined)
    throw new CommandFailure('--expect goes with --filter only.', 2)
  await runOnExisting(context, options, async (program) => {
    if (id !== undefined) await revokeOne(context, options, program, id)
    else if (filter !== undefined) await revokeFiltered(context, { ...options, filter }, program)
    else if (user !== undefined)
      await revokeUser(context, options, program, await userIdOf(context, program, user))
  })
}

function expected(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number.')
}

async function revokeOne(
  context: CommandContext,
  options: RevokeOptions,
  { sessions }: Program,
  id: string,
): Promise<void> {
  const proof = proofOfEnding()
  if (await sessions.invalidateSession(id, { by, onReceipt: proof.keep })) {
    report(context, options, {
      json: { revoked: true, id, ...proof.json() },
      lines: [`Session ${id} has ended.`, ...proof.lines()],
    })
    return
  }
  const session = await sessions.getSession(id)
  throw new CommandFailure(
    session === null
      ? 'There is no session of that id.'
      : `Session ${id} had ended already${session.endReason === null ? '' : ` (${session.endReason})`}.`,
  )
}

async function revokeUser(
  context: CommandContext,
  options: RevokeOptions,
  { sessions }: Program,
  userId: string,
): Promise<void> {
  const { except } = options
  if (except !== undefined && (await sessions.getSession(except))?.userId !== userId) {
    throw new CommandFailure(`The session of --except is not one of ${userId}; nothing was ended.`)
  }
  const proof = proofOfEnding()
  const count = await sessions.invalidateAllUserSessions(userId, {
    by,
    onReceipt: proof.keep,
    ...(except !== undefined && { except }),
  })
  report(context, options, {
    json: { revoked_count: count, user_id: userId, ...proof.json() },
    lines: [
      count === 0
        ? `No session of ${userId} was active.`
        : `${count} ${count === 1 ? 'session' : 'sessions'} of ${userId} ended.`,
      ...(count === 0 ? [] : proof.lines()),
    ],
  })
}
