import { sha256, toBase64Url } from '../foundation/bytes.ts'
import { after, before, type Duration, days, hours, type Instant } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { type RollupInterval, rollupIntervals } from '../model/rollup.ts'
import type { SessionEvent } from '../model/session-event.ts'
import type { RollupQuery } from '../ports/rollup-store.ts'
import { bucketStart, RollupCounts } from '../rules/rollups-of-events.ts'
import { detectInEvents } from './detect-in-events.ts'
import type { Wiring } from './wiring.ts'

/** How many events one step takes. Larger: others wait longer behind its transaction. Smaller: more transactions. */
export const eventsInOneStep = 500

/** How long it is remembered who was seen in a bucket. Shorter: whose event comes later than that is counted twice. */
export const membersKept: Duration = days(2)

/** More buckets than these at once are those of a log that is caught up with: what is known of them is let go of. */
const mostBuckets = 16

/** How far a step came. */
export interface ReportStep {
  /** How many events it read: for numbers or for detectors, whichever were more. Fewer than `eventsInOneStep`: all that there were. */
  readonly events: number
  /** Another process was faster: nothing was counted. */
  readonly lostRace: boolean
  /** They could not look at what they are behind with; it was reported. */
  readonly detectorsFailed: boolean
  /** Of the first event that it read; null where it read none. */
  readonly oldestAt: Instant | null
}

/** Makes numbers from events, and has detectors look at them; steps of one worker come one after another. */
export class ReportWorker {
  readonly #wiring: Wiring
  #counts: RollupCounts
  /** Where the storage is as far as this worker knows: only then it knows which values there are. */
  #position: number | null = null
  readonly #known = new Set<string>()
  #membersForgottenAt: Instant | null = null
  #line: Promise<unknown> = Promise.resolve()

  constructor(wiring: Wiring) {
    this.#wiring = wiring
    this.#counts = newCounts(wiring)
  }

  /** Safe to be called in any number of processes at once. Detectors that fail are reported, and held back nothing. */
  step(): Promise<ReportStep> {
    const step = this.#line.then(() => this.#step())
    this.#line = step.catch(() => undefined)
    return step
  }

  /** Whether there is an event that is not counted, or that detectors have not looked at. Changes nothing. */
  async isBehind(): Promise<boolean> {
    const { detectors, storage } = this.#wiring
    const newest = await storage.events.latest()
    if ((await storage.rollups.position()).position < newest) return true
    return detectors.length > 0 && ((await storage.alerts.position()) ?? -1) < newest
  }

  async #step(): Promise<ReportStep> {
    const counted = await this.#count()
    try {
      const examined = await detectInEvents(this.#wiring, eventsInOneStep)
      return { ...counted, events: Math.max(counted.events, examined), detectorsFailed: false }
    } catch (error) {
      this.#wiring.report(error, 'detection')
      return { ...counted, detectorsFailed: true }
    }
  }

  async #count(): Promise<Omit<ReportStep, 'detectorsFailed'>> {
    const { events: log, rollups } = this.#wiring.storage
    const { position } = await rollups.position()
    const events = await log.read(position, eventsInOneStep)
    const [first, last] = [events[0], events.at(-1)]
    if (first === undefined || last === undefined) return { events: 0, lostRace: false, oldestAt: null }
    await this.#knowBuckets(position, events)
    for (const event of events) this.#counts.add(event)
    const batch = { ...this.#counts.take(), after: position, upTo: last.position, since: first.at }
    // Until it is known to be taken, nothing is known.
    this.#position = null
    const isTaken = await rollups.apply(batch)
    if (isTaken) this.#position = last.position
    if (isTaken) await this.#forgetMembers(last.at)
    return { events: events.length, lostRace: !isTaken, oldestAt: first.at }
  }

  async #knowBuckets(position: number, events: readonly SessionEvent[]): Promise<void> {
    if (this.#position !== position || this.#known.size > mostBuckets) {
      this.#counts = newCounts(this.#wiring)
      this.#known.clear()
    }
    for (const { at } of events) {
      for (const interval of rollupIntervals) {
        const start = bucketStart(interval, at)
        const bucket = `${interval} ${start}`
        if (this.#known.has(bucket)) continue
        this.#counts.know(await this.#wiring.storage.rollups.read(openValues(interval, start)))
        // One that could not be read is not taken for an empty one in the next step.
        this.#known.add(bucket)
      }
    }
  }

  /** Once an hour; of the events that are counted, not of the clock: a log that is caught up with needs its own members. */
  async #forgetMembers(counted: Instant): Promise<void> {
    const last = this.#membersForgottenAt
    if (last !== null && Math.abs(counted - last) < hours(1)) return
    this.#membersForgottenAt = counted
    const limit = bucketStart('day', before(counted, membersKept))
    while ((await this.#wiring.storage.rollups.forgetMembers(limit, eventsInOneStep)) === eventsInOneStep) {
      await nextTurn()
    }
  }
}

/** Of one bucket, those whose values are bounded. */
function openValues(interval: RollupInterval, start: Instant): RollupQuery {
  return {
    interval,
    from: start,
    until: after(start, interval === 'hour' ? hours(1) : days(1)),
    measures: ['created', 'ended', 'finding'],
    dimensions: ['browser', 'os', 'country', 'network', 'method', 'detector'],
  }
}

/**
 * The key stands before what is hashed, which is ten times as fast as an HMAC. That whoever knows one name could make that of
 * a longer id is of no use to anybody: names are told to nobody, and who has no key cannot try out ids.
 */
export function newCounts({ reportKey }: Wiring): RollupCounts {
  const key = reportKey === null ? '' : toBase64Url(reportKey)
  return new RollupCounts((id) => toBase64Url(sha256(`${key}${id}`).subarray(0, 16)))
}
