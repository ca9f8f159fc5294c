import { LatchkeyError } from '../foundation/errors.ts'
import { after, before, days, hours, type Instant, instantOf } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { type Rollup, type RollupInterval, type RollupMember, rollupIntervals } from '../model/rollup.ts'
import type { SessionEvent } from '../model/session-event.ts'
import { rollupsForgottenBefore } from '../rules/retention.ts'
import { bucketStart, keyOf } from '../rules/rollups-of-events.ts'
import { positionAt } from './position-at.ts'
import { claimLength, reportWork } from './report-schedule.ts'
import { eventsInOneStep, membersKept, newCounts } from './report-worker.ts'
import type { Wiring } from './wiring.ts'
import { WorkClaim } from './work-claim.ts'

/** How often numbers that changed meanwhile are waited for. */
const mostAttempts = 50

/** Later than any bucket. */
const never: Instant = instantOf(8.64e15)

/** Numbers made again from the events that are still in the log, beside those that are on record, both up to one position. */
export interface CountedAgain {
  readonly upTo: number
  readonly since: Instant
  readonly events: number
  readonly recorded: readonly Rollup[]
  /** Without those of `members`, who are counted where they are added. */
  readonly counted: readonly Rollup[]
  /** Of buckets in which somebody may still be seen. */
  readonly members: readonly RollupMember[]
  /** From which bucket on the log holds every event. */
  readonly from: Readonly<Record<RollupInterval, Instant>>
  /** Whether the log does not hold every event of the bucket: it is left as it is. */
  isLeft(rollup: Rollup): boolean
}

/** What stops it early: between two reads. */
export interface RecountOptions {
  /** Only hours and days that begin then or later are looked at. Default: all of which the log holds every event. */
  readonly from?: Instant
  readonly signal?: AbortSignal
}

/**
 * Null where nothing has been counted yet. `held`: it holds the claim of the work meanwhile, so that the numbers stay as they
 * are; `free`: it writes nothing, and looks again where they have grown.
 */
export async function countAgain(
  wiring: Wiring,
  options: RecountOptions,
  work: 'held' | 'free',
): Promise<CountedAgain | null> {
  const { events: log, rollups } = wiring.storage
  const { since } = await rollups.position()
  if (since === null) return null
  const claim = work === 'free' ? null : new WorkClaim(wiring, reportWork, claimLength)
  const recount = new Recount(wiring, await positionBefore(wiring, options.from ?? null))
  try {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      await claim?.hold()
      const { position } = await rollups.position()
      await recount.readUpTo(position, async () => {
        options.signal?.throwIfAborted()
        await claim?.hold()
      })
      const recorded = await recordedRollups(wiring, options.from ?? instantOf(0))
      if ((await rollups.position()).position !== position) continue
      const [first] = await log.read(0, 1)
      const result = recount.result()
      const { counted } = result
      const bounds = { since, firstAt: first?.at ?? since, asked: options.from ?? null, recorded, counted }
      return { ...result, upTo: position, since, recorded, from: wholeFrom(wiring, bounds) }
    }
  } finally {
    await claim?.release()
  }
  throw new LatchkeyError('storage-busy', 'the numbers are growing too fast to be counted again')
}

/** Counts as the worker does, and remembers what the log cannot tell any more. */
class Recount {
  readonly #wiring: Wiring
  readonly #counts: ReturnType<typeof newCounts>
  /** By bucket and measure. */
  readonly #seen = new Map<
    string,
    { readonly member: Omit<RollupMember, 'member'>; count: number; names: Set<string> | null }
  >()
  readonly #erased = new Set<string>()
  #lastErasedAt: Instant | null = null
  #position: number
  #events = 0

  constructor(wiring: Wiring, position: number) {
    this.#wiring = wiring
    this.#counts = newCounts(wiring)
    this.#position = position
  }

  async readUpTo(position: number, betweenReads: () => Promise<void>): Promise<void> {
    while (this.#position < position) {
      await betweenReads()
      const limit = Math.min(eventsInOneStep, position - this.#position)
      const events = await this.#wiring.storage.events.read(this.#position, limit)
      for (const event of events) if (event.position <= position) this.#add(event)
      const last = events.at(-1)
      this.#position = last === undefined ? position : Math.min(last.position, position)
      if (last !== undefined) this.#see(last.at)
      await nextTurn()
    }
  }

  #add(event: SessionEvent): void {
    this.#events += 1
    this.#counts.add(event)
    if (event.type !== 'event.erased') return
    for (const interval of rollupIntervals) this.#erased.add(`${interval} ${bucketStart(interval, event.at)}`)
    if (this.#lastErasedAt === null || this.#lastErasedAt < event.at) this.#lastErasedAt = event.at
  }

  /** Who was seen is remembered for as long as the worker does. */
  #see(newest: Instant): void {
    for (const { member, ...bucket } of this.#counts.takeMembers()) {
      const key = `${bucket.interval} ${bucket.start} ${bucket.measure}`
      const seen = this.#seen.get(key) ?? { member: bucket, count: 0, names: new Set<string>() }
      this.#seen.set(key, seen)
      if (seen.names?.has(member) !== true) seen.count += 1
      seen.names?.add(member)
    }
    const limit = bucketStart('day', before(newest, membersKept))
    for (const seen of this.#seen.values()) if (seen.member.start < limit) seen.names = null
  }

  result(): Pick<CountedAgain, 'events' | 'counted' | 'members' | 'isLeft'> {
    const seen = [...this.#seen.values()]
    const closed = seen.filter(({ names }) => names === null)
    const members = seen.flatMap(({ member, names }) =>
      [...(names ?? [])].map((name) => ({ ...member, member: name })),
    )
    const lastErasedAt = this.#lastErasedAt
    const counted = closed.map(({ member, count }) => distinct(member, count))
    return {
      events: this.#events,
      counted: [...this.#counts.rollups, ...counted],
      members,
      isLeft: ({ interval, start, measure }) =>
        this.#erased.has(`${interval} ${start}`) ||
        // Which day an erased ending was counted in, nobody knows.
        (measure === 'lasted' && lastErasedAt !== null && start <= lastErasedAt),
    }
  }
}

/** How many of a bucket were seen. */
export function distinct(bucket: Omit<RollupMember, 'member'>, count: number): Rollup {
  return { ...bucket, dimension: 'all', value: '', count, sum: 0 }
}

async function recordedRollups({ storage }: Wiring, from: Instant): Promise<readonly Rollup[]> {
  const query = { from, until: never, measures: [], dimensions: [] } as const
  const found: Rollup[] = []
  for (const interval of rollupIntervals) {
    for (const rollup of await storage.rollups.read({ ...query, interval })) found.push(rollup)
  }
  return found
}

/** After which position the log is read; an hour earlier than asked for, since its instants do not always ascend. */
async function positionBefore({ storage: { events } }: Wiring, from: Instant | null): Promise<number> {
  return from === null ? 0 : positionAt(events, before(from, hours(1)))
}

interface Bounds {
  readonly since: Instant
  readonly firstAt: Instant
  readonly asked: Instant | null
  readonly recorded: readonly Rollup[]
  readonly counted: readonly Rollup[]
}

/** What begins before the first event that is left, and what retention may have taken a part of, is not whole. */
function wholeFrom(
  { clock, policy }: Wiring,
  { since, firstAt, asked, recorded, counted }: Bounds,
): Record<RollupInterval, Instant> {
  const whole = (interval: RollupInterval): Instant => {
    const length = interval === 'hour' ? hours(1) : days(1)
    const next = (at: Instant): Instant => {
      const start = bucketStart(interval, at)
      return start === at ? start : after(start, length)
    }
    const begun = bucketStart(interval, since)
    const oldest =
      recorded.find((rollup) => rollup.interval === interval && rollup.start >= begun)?.start ?? begun
    // A retention that was shorter once has taken what is older than the oldest.
    const isTaken = counted.some(
      (rollup) => rollup.interval === interval && rollup.start >= begun && rollup.start < oldest,
    )
    return instantOf(
      Math.max(
        begun,
        firstAt > since ? next(firstAt) : begun,
        isTaken && asked === null ? after(oldest, length) : begun,
        asked === null ? begun : next(asked),
        next(rollupsForgottenBefore(policy, interval, clock.now()) ?? begun),
      ),
    )
  }
  return { hour: whole('hour'), day: whole('day') }
}

/** By key, for a look beside another. */
export function byKey(rollups: readonly Rollup[]): Map<string, Rollup> {
  return new Map(rollups.map((rollup) => [keyOf(rollup), rollup]))
}
