import { instantOf } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { BulkEnding } from '../model/bulk-ending.ts'
import { type Actor, systemActor } from '../model/session.ts'
import { type EventFilter, type NewSessionEvent, plainEvent } from '../model/session-event.ts'
import type { ParsedFilter } from '../rules/parsed-filter.ts'
import { bulkQuery, readBulkFilter } from './bulk-filter.ts'
import { end } from './invalidate-sessions.ts'
import type { Wiring } from './wiring.ts'

/** Sessions in one step. Larger: others wait longer for the disk, and the count moves in jumps. Smaller: more confirmations. */
export const bulkBatch = 200

/** Events in one look, when what was ended is counted again. */
const eventsAtOnce = 500

/**
 * Ends sessions of a running bulk ending until there are no more, or it is cancelled, or `goesOn` says no. It can be broken
 * off anywhere and taken up by any process: what has ended does not match any more, and events say how many that was.
 */
export async function runBulkEnding(
  wiring: Wiring,
  ending: BulkEnding,
  goesOn: () => Promise<boolean>,
): Promise<void> {
  const { bulkEndings, sessions } = wiring.storage
  // Whoever is not at it counts nothing: that would only race with who is.
  const taken = (await goesOn()) ? await bulkEndings.find(ending.id) : null
  if (taken?.state !== 'running') return
  const filter = readBulkFilter(taken.filter, taken.createdAt)
  await noteEnded(wiring, taken, await recount(wiring, taken))
  let cursor: string | null = null
  do {
    const job = (await goesOn()) ? await bulkEndings.find(ending.id) : null
    if (job?.state !== 'running') return
    const query = await bulkQuery(wiring, filter, job.createdAt)
    const page = await sessions.list(query, { cursor, limit: bulkBatch })
    const refs = page.items.filter(({ id }) => id !== job.except).map(({ id, userId }) => ({ id, userId }))
    const ended = refs.length === 0 ? 0 : await endBatch(wiring, job, refs)
    await noteEnded(wiring, job, job.ended + ended)
    cursor = page.next
    await nextTurn()
  } while (cursor !== null)
  await finish(wiring, taken, filter)
}

function endBatch(
  wiring: Wiring,
  { id, by, createdAt }: BulkEnding,
  sessions: readonly { readonly id: `ses_${string}`; readonly userId: string }[],
): Promise<number> {
  // The clock of who began it may be ahead; what ended earlier would not be counted again.
  const at = instantOf(Math.max(wiring.clock.now(), createdAt))
  const ending = { at, reason: 'revoked', by, request: id } as const
  return end(wiring, { kind: 'sessions', sessions }, ending, {})
}

/** Whoever loses a race counts again: both may have ended some. */
async function noteEnded(wiring: Wiring, job: BulkEnding, ended: number): Promise<void> {
  const { bulkEndings } = wiring.storage
  let next = { ...job, ended }
  while (next.ended !== job.ended && !(await bulkEndings.replace(withNextVersion(next), []))) {
    const found = await bulkEndings.find(job.id)
    if (found === null) return
    next = { ...found, ended: await recount(wiring, found) }
    if (next.ended === found.ended) return
  }
}

async function finish(wiring: Wiring, { id }: BulkEnding, filter: ParsedFilter): Promise<void> {
  const { storage, clock } = wiring
  for (;;) {
    const job = await storage.bulkEndings.find(id)
    if (job?.state !== 'running') return
    const done = { ...job, state: 'done', finishedAt: clock.now() } as const
    const events = [finishedEvent(done, filter, systemActor)]
    if (await storage.bulkEndings.replace(withNextVersion(done), events)) return
  }
}

/** The event of the end of one, done or cancelled. */
export function finishedEvent(
  { id, state, expected, ended, finishedAt, createdAt }: BulkEnding,
  { userId }: Pick<ParsedFilter, 'userId'>,
  actor: Actor,
): NewSessionEvent {
  return plainEvent({
    type: 'bulk-ending.finished',
    at: finishedAt ?? createdAt,
    userId,
    actor,
    request: id,
    after: { state, expected, ended },
  })
}

export function withNextVersion(ending: BulkEnding): BulkEnding {
  return { ...ending, version: ending.version + 1 }
}

/** What it has ended, by the events that say so. */
async function recount({ storage }: Wiring, { id, createdAt }: BulkEnding): Promise<number> {
  const filter: EventFilter = {
    userId: null,
    sessionId: null,
    actor: null,
    request: id,
    types: ['session.ended'],
    from: createdAt,
    until: null,
  }
  let count = 0
  let cursor: string | null = null
  do {
    const page = await storage.events.list(filter, { cursor, limit: eventsAtOnce })
    count += page.items.length
    cursor = page.next
  } while (cursor !== null)
  return count
}
