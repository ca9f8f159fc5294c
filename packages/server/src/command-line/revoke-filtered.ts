import { setTimeout } from 'node:timers/promises'
import { type BulkEnding, formatFilter } from 'latchkey'
import { parsedFilter } from '../filters/parsed-filter.ts'
import type { Program } from '../program/open-program.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { counted } from './counted.ts'
import { asUsage } from './filtered-sessions.ts'
import { report } from './report.ts'
import type { StandardOptions } from './standard-options.ts'
import { untilInterrupted } from './until-interrupted.ts'

interface FilteredOptions extends StandardOptions {
  readonly filter: string
  readonly except?: string
  readonly expect?: number
}

/** Between two looks at what another process is at, in milliseconds. */
const lookAgainAfter = 500

/**
 * Says how many it would be unless that number is named; then ends them, and waits until that is done, whoever does it.
 * Who interrupts it cancels the job, which others would go on with.
 */
export async function revokeFiltered(
  context: CommandContext,
  options: FilteredOptions,
  program: Program,
): Promise<void> {
  const { except, expect } = options
  const filter = formatFilter(await asUsage(() => parsedFilter(program, options.filter)))
  if (except !== undefined && (await program.sessions.getSession(except)) === null) {
    throw new CommandFailure('There is no session of the id of --except; nothing was ended.')
  }
  const kept = except === undefined ? {} : { except }
  if (expect === undefined) {
    const { count, users } = await program.sessions.previewBulkEnding(filter, kept)
    throw new CommandFailure(
      `It would end ${count} sessions of ${users} users; nothing was ended. Say --expect ${count} to do it.`,
      2,
    )
  }
  const wanted = { filter, expected: expect, ...kept }
  const outcome = await program.sessions.startBulkEnding(wanted, { by: 'command-line' })
  if (outcome.kind === 'count-changed') {
    throw new CommandFailure(`It would end ${outcome.count} sessions, and not ${expect}; nothing was ended.`)
  }
  const { id, ended, state } = await untilInterrupted((signal) =>
    untilOver(context, program, outcome.ending, signal),
  )
  if (state === 'cancelled') {
    throw new CommandFailure(
      `It was cancelled when ${ended} of ${expect} sessions had ended; latchkey audit list has them under ${id}.`,
    )
  }
  report(context, options, {
    json: { bulk_ending: id, state, revoked_count: ended, filter },
    lines: [
      `${ended} ${ended === 1 ? 'session' : 'sessions'} ended; latchkey audit list has them under ${id}.`,
    ],
  })
}

async function untilOver(
  context: CommandContext,
  { sessions }: Program,
  started: BulkEnding,
  signal: AbortSignal,
): Promise<BulkEnding> {
  const show = counted(context, 'Ended')
  let count = 0
  const unsubscribe = sessions.subscribe(({ type, request }) => {
    if (type === 'session.ended' && request === started.id) show(++count)
  })
  let cancelling: Promise<unknown> = Promise.resolve()
  signal.addEventListener('abort', () => {
    cancelling = sessions.cancelBulkEnding(started.id, { by: 'command-line' })
    // It is waited for below, and fails there.
    cancelling.catch(() => undefined)
  })
  context.stderr(`Bulk ending ${started.id} has begun; an interruption (Ctrl-C) cancels it.`)
  try {
    for (;;) {
      await sessions.runBulkEndings()
      await cancelling
      const now = await sessions.getBulkEnding(started.id)
      if (now === null || now.state !== 'running') return now ?? started
      await setTimeout(lookAgainAfter)
    }
  } finally {
    unsubscribe()
  }
}
