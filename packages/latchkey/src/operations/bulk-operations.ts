import { invalidArgument } from '../foundation/errors.ts'
import type { Instant } from '../foundation/time.ts'
import type { BulkEnding } from '../model/bulk-ending.ts'
import { isBulkEndingId, newBulkEndingId } from '../model/bulk-ending-id.ts'
import type { Session } from '../model/session.ts'
import { type NewSessionEvent, plainEvent } from '../model/session-event.ts'
import type { SessionQuery } from '../model/session-filter.ts'
import { isSessionId, type SessionId } from '../model/session-token.ts'
import { parseFilter } from '../rules/filter-grammar.ts'
import { formatFilter } from '../rules/format-filter.ts'
import type { ParsedFilter } from '../rules/parsed-filter.ts'
import { sessionView } from '../rules/session-view.ts'
import { bulkQuery, partOf, readBulkFilter } from './bulk-filter.ts'
import type { BulkRunner } from './bulk-runner.ts'
import type { ChangeOptions } from './change-options.ts'
import { originOf } from './change-origin.ts'
import { checkInteger, checkText } from './check-argument.ts'
import { finishedEvent, withNextVersion } from './run-bulk-ending.ts'
import type { Wiring } from './wiring.ts'

/** What a bulk ending would end now. */
export interface BulkPreview {
  readonly count: number
  /** Whose sessions they are. */
  readonly users: number
  /** The newest 10. */
  readonly sample: readonly Session[]
}

/** What is to end. */
export interface NewBulkEnding {
  /** As in `parseFilter`; what it says of ages holds as of now. */
  readonly filter: string
  /** How many sessions its maker has seen that it would end. */
  readonly expected: number
  /** A session that is kept; default: none. */
  readonly except?: string
  /** Why, in 1 to 500 characters. */
  readonly note?: string
}

/** `count-changed`: it would end another number of sessions, and nothing was begun. */
export type BulkStart =
  | { readonly kind: 'started'; readonly ending: BulkEnding }
  | { readonly kind: 'count-changed'; readonly count: number }

/** Sessions that are ended by a filter: a part of `Sessions`. Faults of a filter throw `invalid-argument`, field `filter`. */
export interface BulkOperations {
  previewBulkEnding(filter: string, options?: { readonly except?: string }): Promise<BulkPreview>
  /** It goes on by itself where cleanup does; otherwise `runBulkEndings` is to be called. */
  startBulkEnding(wanted: NewBulkEnding, options?: ChangeOptions): Promise<BulkStart>
  /** What has ended stays ended. Nothing is changed where it is over; null where there is none. */
  cancelBulkEnding(id: string, options?: ChangeOptions): Promise<BulkEnding | null>
  /** Null where there is none. */
  getBulkEnding(id: string): Promise<BulkEnding | null>
  /** The newest 100. */
  listBulkEndings(): Promise<readonly BulkEnding[]>
  /** Goes on with those that are running until they are over, or another process is at them. */
  runBulkEndings(): Promise<void>
}

const sampleSize = 10
const mostListed = 100
const longestNote = 500
/** What is above is no count of sessions. */
const mostExpected = 1_000_000_000

export function bulkOperations(wiring: Wiring, runner: BulkRunner): BulkOperations {
  const { bulkEndings } = wiring.storage
  return {
    previewBulkEnding: (filter, options = {}) => preview(wiring, filter, options.except),
    startBulkEnding: async (wanted, options = {}) => {
      const outcome = await start(wiring, wanted, options)
      if (outcome.kind === 'started') runner.wake()
      return outcome
    },
    cancelBulkEnding: async (id, options = {}) => cancel(wiring, id, options),
    getBulkEnding: async (id) => (isBulkEndingId(id) ? bulkEndings.find(id) : null),
    listBulkEndings: () => bulkEndings.list(mostListed),
    runBulkEndings: () => runner.run(),
  }
}

async function preview(wiring: Wiring, text: string, wantedExcept: string | undefined): Promise<BulkPreview> {
  const { activity, clock, policy, storage } = wiring
  const now = clock.now()
  const except = exceptOf(wantedExcept)
  const query = await bulkQuery(wiring, storedFilter(text, now), now)
  const kept = await partOf(wiring, query, except)
  const { items } = await storage.sessions.list(query, { cursor: null, limit: sampleSize + 1 })
  const shown = items.filter(({ id }) => id !== except).slice(0, sampleSize)
  return {
    count: (await storage.sessions.count(query)) - (kept === null ? 0 : 1),
    users: (await usersOf(wiring, query)) - (kept?.isOnlyOne ? 1 : 0),
    sample: shown.map((record) => sessionView(activity.withNewestUse(record, null), policy, now)),
  }
}

function exceptOf(except: string | undefined): SessionId | null {
  if (except === undefined || isSessionId(except)) return except ?? null
  throw invalidArgument('except', 'must be the id of a session')
}

/** Whoever goes on with it reads what is stored: ages and ranges are longer there than they were written. */
function storedFilter(text: string, now: Instant): ParsedFilter {
  const filter = readBulkFilter(text, now)
  if (parseFilter(formatFilter(filter), now).kind === 'filter') return filter
  throw invalidArgument('filter', 'is too long once its ages and ranges are written out as instants')
}

async function usersOf({ storage }: Wiring, query: SessionQuery): Promise<number> {
  const found = await storage.statistics.tally(query, {
    measure: 'distinct-users',
    interval: null,
    from: null,
    until: null,
    by: null,
    bounds: [],
  })
  return found.reduce((sum, { count }) => sum + count, 0)
}

async function start(wiring: Wiring, wanted: NewBulkEnding, options: ChangeOptions): Promise<BulkStart> {
  const { at, by, request } = originOf(wiring, options)
  const filter = storedFilter(wanted.filter, at)
  const expected = checkInteger('expected', wanted.expected, 0, mostExpected)
  const note = wanted.note === undefined ? null : checkText('note', wanted.note, longestNote)
  const except = exceptOf(wanted.except)
  const query = await bulkQuery(wiring, filter, at)
  const kept = await partOf(wiring, query, except)
  const count = (await wiring.storage.sessions.count(query)) - (kept === null ? 0 : 1)
  if (count !== expected) return { kind: 'count-changed', count }
  const ending: BulkEnding = {
    id: newBulkEndingId(),
    // Ages are instants there: whoever goes on with it later means the same sessions.
    filter: formatFilter(filter),
    except,
    state: 'running',
    expected,
    ended: 0,
    createdAt: at,
    by,
    note,
    finishedAt: null,
    version: 1,
  }
  await wiring.storage.bulkEndings.add(ending, [startedEvent(ending, filter, request)])
  return { kind: 'started', ending }
}

/** By its id one finds what it ended, too. The audit log holds no address. */
function startedEvent(
  { id, createdAt, by, expected, note }: BulkEnding,
  filter: ParsedFilter,
  request: string | null,
): NewSessionEvent {
  const byAddress = filter.ipAddress !== null || filter.addressRange !== null
  return plainEvent({
    type: 'bulk-ending.started',
    at: createdAt,
    userId: filter.userId,
    actor: by,
    request: id,
    after: {
      // The user stands beside it, and goes with whoever is forgotten.
      filter: formatFilter({ ...filter, userId: null, ipAddress: null, addressRange: null }),
      by_address: byAddress,
      expected,
      note,
      asked_in: request,
    },
  })
}

async function cancel(wiring: Wiring, id: string, options: ChangeOptions): Promise<BulkEnding | null> {
  const { at, by } = originOf(wiring, options)
  const { bulkEndings } = wiring.storage
  for (;;) {
    const job = isBulkEndingId(id) ? await bulkEndings.find(id) : null
    if (job?.state !== 'running') return job
    const cancelled = withNextVersion({ ...job, state: 'cancelled', finishedAt: at })
    if (await bulkEndings.replace(cancelled, [finishedEvent(cancelled, by)])) return cancelled
  }
}
