import { equalInConstantTime, hmacSha256, sha256 } from '../foundation/bytes.ts'
import { LatchkeyError } from '../foundation/errors.ts'
import { canonicalJson } from '../foundation/json.ts'
import type { Instant } from '../foundation/time.ts'
import type { AuditLink } from '../model/audit-link.ts'
import { systemActor } from '../model/session.ts'
import { plainEvent, type SessionEvent } from '../model/session-event.ts'
import type { AuditLinks } from '../ports/audit-links.ts'
import type { Wiring } from './wiring.ts'

/** How many events one link holds at most. Larger: a finding is less exact, and more is read at once. Smaller: more links. */
export const eventsInOneLink = 1_000

/** Before the first link. */
export const noDigest: Uint8Array = new Uint8Array(32)

/** How often a link that another process made first is tried again in one go. */
const mostLostRaces = 20

/** What stands for an event in the chain; a key of null: then a plain hash, which whoever can write can make, too. */
export function eventDigest(key: Uint8Array | null, event: SessionEvent): Uint8Array {
  const { digest, ...content } = event
  const written = canonicalJson(withoutEmptyFacts(content))
  return digest !== null && written === erasedAt(event) ? digest : keyed(key, `event\0${written}`)
}

/** As all that is left of an event. What stands there besides was not written by who erased it. */
function erasedAt({ at, position }: SessionEvent): string {
  const erased = plainEvent({ type: 'event.erased', at, actor: systemActor })
  return canonicalJson(withoutEmptyFacts({ ...erased, position }))
}

/** Earlier versions knew no facts: what has none has the digest that it had then. */
function withoutEmptyFacts(content: Omit<SessionEvent, 'digest'>): Partial<SessionEvent> {
  const { facts, ...others } = content
  return facts === null ? others : content
}

/** What holds a link, the one before it and its events together. */
export function linkDigest(
  key: Uint8Array | null,
  previous: Uint8Array,
  { first, last, count, at }: Omit<AuditLink, 'digest'>,
  events: readonly SessionEvent[],
): Uint8Array {
  const head = Buffer.from(`link\0${first}:${last}:${count}:${at}\0`)
  return keyed(key, Buffer.concat([head, previous, ...events.map((event) => eventDigest(key, event))]))
}

/** What retention leaves behind of the events that it took, so that nobody else can say that it was retention. */
export function forgottenProof(key: Uint8Array | null, { last, digest }: AuditLink): Uint8Array {
  return keyed(key, Buffer.concat([Buffer.from(`forgotten\0${last}\0`), digest]))
}

function keyed(key: Uint8Array | null, content: Uint8Array | string): Uint8Array {
  return key === null ? sha256(content) : hmacSha256(key, content)
}

/** What names a link: where it ends, and its digest. */
export type Head = Pick<AuditLink, 'last' | 'digest'>

/** Makes the links over the events that have none yet, of this process one at a time. */
export class AuditChain {
  readonly #wiring: Wiring
  /** The newest that this process has seen: a chain that ends before it was cut. */
  #head: Head | null
  #line: Promise<unknown> = Promise.resolve()

  /** A head that an earlier process saw counts as seen by this one. */
  constructor(wiring: Wiring, head: Head | null = null) {
    this.#wiring = wiring
    this.#head = head
  }

  get head(): Head | null {
    return this.#head
  }

  /** Whether the chain goes on from the newest link that was seen; if so, its newest one is the newest seen from now on. */
  async look(): Promise<'whole' | 'cut'> {
    return (await this.#latest()) === 'cut' ? 'cut' : 'whole'
  }

  /** Resolves when every event is linked that was there when it was called. Rejects with `storage-corrupt` when links are gone. */
  link(): Promise<void> {
    const linked = this.#line.then(() => this.#linkAll())
    this.#line = linked.catch(() => undefined)
    return linked
  }

  async #linkAll(): Promise<void> {
    for (let lostRaces = 0; lostRaces < mostLostRaces; ) {
      const outcome = await this.#linkOnce()
      if (outcome === 'done') return
      if (outcome === 'lost-race') lostRaces += 1
    }
  }

  async #linkOnce(): Promise<'done' | 'more' | 'lost-race'> {
    const { auditKey, clock, storage } = this.#wiring
    const previous = await this.#latest()
    if (previous === 'cut')
      throw new LatchkeyError('storage-corrupt', 'the chain over the audit log has lost links')
    const events = await storage.events.read(previous?.last ?? 0, eventsInOneLink)
    const link = newLink(auditKey, previous, events, clock.now())
    if (link === null) return 'done'
    if (!(await storage.auditLinks.append(link, previous?.last ?? null))) return 'lost-race'
    this.#head = link
    return events.length < eventsInOneLink ? 'done' : 'more'
  }

  /** Links over events that were changed would make them good: a chain that has lost its end gets no new one. */
  async #latest(): Promise<AuditLink | null | 'cut'> {
    const { auditLinks } = this.#wiring.storage
    const latest = await auditLinks.latest()
    if (this.#head !== null && !(await goesOnFrom(auditLinks, this.#head, latest))) return 'cut'
    this.#head = latest
    return latest
  }
}

/** Whether the chain goes on from that link: its own, and not one that was made again in its place. */
export async function goesOnFrom(
  auditLinks: AuditLinks,
  known: Head,
  latest: AuditLink | null,
): Promise<boolean> {
  if (latest === null || latest.last < known.last) return false
  const [link] = latest.last === known.last ? [latest] : await auditLinks.read(known.last - 1, 1)
  // The retention of another process may have taken it.
  if (link === undefined || link.first > known.last) return true
  return link.last === known.last && equalInConstantTime(link.digest, known.digest)
}

function newLink(
  key: Uint8Array | null,
  previous: AuditLink | null,
  events: readonly SessionEvent[],
  at: Instant,
): AuditLink | null {
  const [first, last] = [events[0], events.at(-1)]
  if (first === undefined || last === undefined) return null
  const link = { first: first.position, last: last.position, count: events.length, at }
  return { ...link, digest: linkDigest(key, previous?.digest ?? noDigest, link, events) }
}
