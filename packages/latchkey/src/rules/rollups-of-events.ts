import { days, hours, type Instant, instantOf } from '../foundation/time.ts'
import type { Rollup, RollupDimension, RollupInterval, RollupMeasure, RollupMember } from '../model/rollup.ts'
import { rollupIntervals } from '../model/rollup.ts'
import type { SessionEvent } from '../model/session-event.ts'
import { durationBucket } from './duration-histogram.ts'

/**
 * How many values a measure may have in one bucket by one dimension; what comes later is `other`. Browsers, systems and
 * methods are texts that whoever signs in may choose. More: an attacker makes more rows. Fewer: true values are lumped together.
 */
export const mostValues = 200

/** In characters; what is longer is cut. */
const longestValue = 100

/** What is not known, and what there is no room for; neither takes any. */
const unknown = 'unknown'
const other = 'other'

/** Dimensions whose values come from outside. */
const openDimensions: ReadonlySet<RollupDimension> = new Set([
  'browser',
  'os',
  'country',
  'network',
  'method',
  'detector',
])

const lengths = { hour: hours(1), day: days(1) } as const

/** When the hour or day began in which the instant is. */
export function bucketStart(interval: RollupInterval, at: Instant): Instant {
  return instantOf(Math.floor(at / lengths[interval]) * lengths[interval])
}

type Which = Omit<Rollup, 'count' | 'sum'>

/** A measure of one hour or day. */
interface Bucket extends Pick<Rollup, 'interval' | 'start' | 'measure'> {
  readonly counts: Map<RollupDimension, Map<string, Added>>
  /** Values that have their room. */
  readonly values: Map<RollupDimension, Set<string>>
  readonly members: Set<string>
}

interface Added {
  count: number
  sum: number
}

/**
 * Numbers made from events in the order of the log. The same events make the same numbers however they are divided, as long
 * as whoever goes on has told `know` what there was in the buckets.
 */
export class RollupCounts {
  readonly #memberOf: (text: string) => string
  readonly #buckets = new Map<string, Bucket>()

  /** `memberOf` makes what stands for a user or a device, see `RollupMember`. */
  constructor(memberOf: (text: string) => string) {
    this.#memberOf = memberOf
  }

  get rollups(): readonly Rollup[] {
    return [...this.#buckets.values()].flatMap(rollupsOf)
  }

  get members(): readonly RollupMember[] {
    return [...this.#buckets.values()].flatMap(membersOf)
  }

  /** What is on record already: its values have their room. */
  know(rollups: readonly Rollup[]): void {
    for (const rollup of rollups) {
      roomFor(this.#bucket(rollup.interval, rollup.start, rollup.measure), rollup.dimension, rollup.value)
    }
  }

  add(event: SessionEvent): void {
    if (event.type === 'session.created') this.#created(event)
    else if (event.type === 'session.ended') this.#ended(event)
    else if (event.type === 'verifications.counted') this.#verifications(event)
    else if (event.type === 'alert.opened') this.#finding(event)
  }

  /** Takes out what has been counted, and remembers which values there were. */
  take(): { readonly rollups: readonly Rollup[]; readonly members: readonly RollupMember[] } {
    const taken = { rollups: this.rollups, members: this.takeMembers() }
    for (const { counts } of this.#buckets.values()) counts.clear()
    return taken
  }

  /** Takes out who was seen. */
  takeMembers(): readonly RollupMember[] {
    const taken = this.members
    for (const { members } of this.#buckets.values()) members.clear()
    return taken
  }

  #created({ at, device, facts, userId, deviceId }: SessionEvent): void {
    const place = facts?.sighting?.place ?? null
    this.#both(at, 'created', [
      ...ofDevice(device),
      ['country', place?.country ?? unknown],
      ['network', `${place?.network?.asn ?? unknown}`],
      ['method', methodOf(facts?.sighting?.amr ?? [])],
    ])
    if (userId !== null) this.#member(at, 'distinct-users', userId)
    if (deviceId !== null) this.#member(at, 'distinct-devices', deviceId)
  }

  #ended({ at, device, facts, reason }: SessionEvent): void {
    const ended = facts?.ended ?? null
    this.#both(at, 'ended', [
      ...ofDevice(device),
      ['country', ended?.country ?? unknown],
      ['method', methodOf(ended?.amr ?? [])],
      ['reason', reason ?? unknown],
    ])
    if (ended === null) return
    const length = `${durationBucket(ended.duration)}`
    for (const interval of rollupIntervals) {
      count(this.#bucketAt(interval, at, 'duration'), 'duration', length, 1, ended.duration)
    }
    const day = this.#bucketAt('day', instantOf(ended.createdAt), 'lasted')
    count(day, 'duration', `${durationBucket(at - ended.createdAt)}`, 1)
  }

  /** `after`: how many tokens, by outcome. */
  #verifications({ at, after }: SessionEvent): void {
    for (const [outcome, times] of Object.entries(after ?? {})) {
      if (typeof times !== 'number' || times <= 0) continue
      const measure = outcome === 'verified' ? 'verified' : 'refused'
      for (const interval of rollupIntervals) {
        const bucket = this.#bucketAt(interval, at, measure)
        count(bucket, 'all', '', times)
        if (measure === 'refused') count(bucket, 'reason', outcome, times)
      }
    }
  }

  #finding({ at, after }: SessionEvent): void {
    const detector = after?.['detector']
    this.#both(at, 'finding', [['detector', typeof detector === 'string' ? detector : unknown]])
  }

  #both(at: Instant, measure: RollupMeasure, by: readonly (readonly [RollupDimension, string])[]): void {
    for (const interval of rollupIntervals) {
      const bucket = this.#bucketAt(interval, at, measure)
      count(bucket, 'all', '', 1)
      for (const [dimension, value] of by) count(bucket, dimension, value, 1)
    }
  }

  #member(at: Instant, measure: RollupMember['measure'], id: string): void {
    const member = this.#memberOf(id)
    for (const interval of rollupIntervals) this.#bucketAt(interval, at, measure).members.add(member)
  }

  #bucketAt(interval: RollupInterval, at: Instant, measure: RollupMeasure): Bucket {
    return this.#bucket(interval, bucketStart(interval, at), measure)
  }

  #bucket(interval: RollupInterval, start: Instant, measure: RollupMeasure): Bucket {
    const key = `${interval} ${start} ${measure}`
    const known = this.#buckets.get(key)
    if (known !== undefined) return known
    const bucket = {
      interval,
      start,
      measure,
      counts: new Map(),
      values: new Map(),
      members: new Set<string>(),
    }
    this.#buckets.set(key, bucket)
    return bucket
  }
}

function count(bucket: Bucket, dimension: RollupDimension, stated: string, times: number, length = 0): void {
  const value = roomFor(bucket, dimension, stated)
  const counts = bucket.counts.get(dimension) ?? new Map<string, Added>()
  if (counts.size === 0) bucket.counts.set(dimension, counts)
  const added = counts.get(value)
  if (added === undefined) counts.set(value, { count: times, sum: length })
  else {
    added.count += times
    added.sum += length
  }
}

/** The value itself where there is room for it. */
function roomFor({ values }: Bucket, dimension: RollupDimension, stated: string): string {
  if (!openDimensions.has(dimension) || stated === unknown || stated === other) return stated
  const value = stated.length > longestValue ? stated.slice(0, longestValue).toWellFormed() : stated
  const known = values.get(dimension) ?? new Set<string>()
  if (known.size === 0) values.set(dimension, known)
  if (!known.has(value) && known.size >= mostValues) return other
  known.add(value)
  return value
}

function rollupsOf({ interval, start, measure, counts }: Bucket): Rollup[] {
  const found: Rollup[] = []
  for (const [dimension, byValue] of counts) {
    for (const [value, { count: counted, sum }] of byValue) {
      found.push({ interval, start, measure, dimension, value, count: counted, sum })
    }
  }
  return found
}

function membersOf({ interval, start, measure, members }: Bucket): RollupMember[] {
  if (measure !== 'distinct-users' && measure !== 'distinct-devices') return []
  return [...members].map((member) => ({ interval, start, measure, member }))
}

/** What no two rollups have alike. */
export function keyOf({ interval, start, measure, dimension, value }: Which): string {
  return `${interval} ${start} ${measure} ${dimension} ${value}`
}

function ofDevice(device: SessionEvent['device']): readonly (readonly [RollupDimension, string])[] {
  return [
    ['device_type', device?.type ?? unknown],
    ['browser', device?.browser ?? unknown],
    ['os', device?.os ?? unknown],
  ]
}

/** The factors of a sign-in as one text: `otp+pwd`. */
export function methodOf(amr: readonly string[]): string {
  return amr.length === 0 ? unknown : [...amr].sort().join('+')
}
