import { instantOf } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { BulkEnding } from '../model/bulk-ending.ts'
import { type Actor, systemActor } from '../model/session.ts'
import { type EventFilter, type NewSessionEvent, plainEvent } from '../model/session-event.ts'
import { forgottenUser } from '../rules/forgotten-user.ts'
import type { ParsedFilter } from '../rules/parsed-filter.ts'
import { bulkQuery, readBulkFilter } from './bulk-filter.ts'
import { isUserDisabled } from './cut-offs.ts'
import { end } from './invalidate-sessions.ts'
import type { Wiring } from './wiring.ts'

/** Sessions in one step. Larger: others wait longer for the disk, and the count moves in jumps. Smaller: more confirmations. */
export const bulkBatch = 200

/** Events in one look, when what was ended is counted again. */
const eventsAtOnce = 500

/**
 * Ends sessions of a running bulk ending until there are no more, or it is cancelled, or `goesOn` says no. It is cancelled where
 * the administrator who began it was disabled: nothing goes on in their name. It can be broken
 * off anywhere and taken up by any process: what has ended does not match any more, and events say how many that was.
 */
export async function runBulkEnding(
  wiring: Wiring,
  ending: BulkEnding,
  goesOn: () => Promise<boolean>,
): Promise<void> {
  const { bulkEndings } = wiring.storage
  // Whoever is not at it counts nothing: that would only race with who is.
  const taken = (await goesOn()) ? await bulkEndings.find(ending.id) : null
  if (taken?.state !== 'running') return
  const filter = readBulkFilter(taken.filter, taken.createdAt)
  const before = await recount(wiring, taken, goesOn)
  if (before === null) return
  await noteEnded(wiring, taken, before)
  // Who signed in while it was asked for may come to stand before what has been looked through.
  let ended = await endThrough(wiring, ending.id, filter, goesOn)
  while (ended !== null && ended > 0) ended = await endThrough(wiring, ending.id, filter, goesOn)
  if (ended !== null) await finish(wiring, ending.id, 'done')
}

/** Looks through all that match once, newest first; how many it ended. Null: it was broken off, or is over. */
async function endThrough(
  wiring: Wiring,
  id: BulkEnding['id'],
  filter: ParsedFilter,
  goesOn: () => Promise<boolean>,
): Promise<number | null> {
  const { bulkEndings, sessions } = wiring.storage
  let cursor: string | null = null
  let count = 0
  do {
    const job = (await goesOn()) ? await bulkEndings.find(id) : null
    if (job?.state !== 'running') return null
    if (await isOfDisabled(wiring, job)) {
      await finish(wiring, id, 'cancelled')
      return null
    }
    const query = await bulkQuery(wiring, filter, job.createdAt)
    const page = await sessions.list(query, { cursor, limit: bulkBatch })
    const refs = page.items
      .filter((one) => one.id !== job.except)
      .map(({ id: of, userId }) => ({ id: of, userId }))
    const ended = refs.length === 0 ? 0 : await endBatch(wiring, job, refs)
    await noteEnded(wiring, job, job.ended + ended)
    count += ended
    cursor = page.next
    await nextTurn()
  } while (cursor !== null)
  return count
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
    next = { ...found, ended: (await recount(wiring, found)) ?? found.ended }
    if (next.ended === found.ended) return
  }
}

async function isOfDisabled(wiring: Wiring, { by }: BulkEnding): Promise<boolean> {
  const [, administrator] = /^admin:(.+)$/.exec(by) ?? []
  return administrator !== undefined && isUserDisabled(wiring, administrator)
}

/** Nothing is changed where it is over. */
async function finish(wiring: Wiring, id: BulkEnding['id'], state: 'done' | 'cancelled'): Promise<void> {
  const { storage, clock } = wiring
  for (;;) {
    const job = await storage.bulkEndings.find(id)
    if (job?.state !== 'running') return
    const over = { ...job, state, finishedAt: clock.now() }
    if (await storage.bulkEndings.replace(withNextVersion(over), [finishedEvent(over, systemActor)])) return
  }
}

/** The event of the end of one, done or cancelled. */
export function finishedEvent(ending: BulkEnding, actor: Actor): NewSessionEvent {
  const { id, state, expected, ended, finishedAt, createdAt } = ending
  return plainEvent({
    type: 'bulk-ending.finished',
    at: finishedAt ?? createdAt,
    userId: userOf(ending),
    actor,
    request: id,
    after: { state, expected, ended },
  })
}

/** Whom its filter names as it is by now: of whoever was forgotten meanwhile nothing is written. */
function userOf({ filter, createdAt }: BulkEnding): string | null {
  const { userId } = readBulkFilter(filter, createdAt)
  return userId === forgottenUser ? null : userId
}

export function withNextVersion(ending: BulkEnding): BulkEnding {
  return { ...ending, version: ending.version + 1 }
}

const always = async (): Promise<boolean> => true

/** What it has ended, by the events that say so; null where `goesOn` says no before it is known. */
async function recount(
  { storage }: Wiring,
  { id, createdAt }: BulkEnding,
  goesOn = always,
): Promise<number | null> {
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
    if (!(await goesOn())) return null
    const page = await storage.events.list(filter, { cursor, limit: eventsAtOnce })
    count += page.items.length
    cursor = page.next
  } while (cursor !== null)
  return count
}
