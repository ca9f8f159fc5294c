import { equalInConstantTime } from '../foundation/bytes.ts'
import { invalidArgument } from '../foundation/errors.ts'
import type { Instant } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { AuditLink } from '../model/audit-link.ts'
import type { SessionEvent } from '../model/session-event.ts'
import { findAuditAnchor } from './audit-anchor.ts'
import {
  type AuditChain,
  eventsInOneLink,
  goesOnFrom,
  type Head,
  linkDigest,
  noDigest,
} from './audit-chain.ts'
import type { Wiring } from './wiring.ts'

/** How the chain is checked. */
export interface VerifyAuditOptions {
  /** A head that an earlier check gave (`12345:9f86d0…`): the chain must still hold it, or its end was cut off. Default: the newest that this process has seen, or the option `auditHead`. */
  readonly expectedHead?: string
  /** Only those among the newest so many positions; what is before them is not looked at. Default: every event. */
  readonly newest?: number
  /** Told how many events have been checked, after each step; from the beginning again where retention took what was being checked. Must not throw. */
  readonly onProgress?: (events: number) => void
}

/** What a check of the chain found. */
export type AuditVerification =
  | {
      readonly kind: 'intact'
      /** How many events the chain holds. */
      readonly events: number
      /** Events after the newest link, which the chain does not hold yet: those of the last seconds. */
      readonly unlinked: number
      /** Of the first event that it holds; null where it holds none. */
      readonly from: Instant | null
      /** `position:digest` of the newest link, to be kept elsewhere; null where there is none. */
      readonly head: string | null
    }
  | {
      readonly kind: 'broken'
      /** Between which positions it does not hold, both included. */
      readonly first: number
      readonly last: number
      /** `altered`: events there were changed, added or removed. `links-missing`: links were. `beginning-missing`: the first ones were removed, and no retention says so. `head-missing`: the expected head is not there. */
      readonly fault: 'altered' | 'links-missing' | 'beginning-missing' | 'head-missing'
    }

type Break = Extract<AuditVerification, { kind: 'broken' }>

const linksInOneRead = 100
const headPattern = /^(\d{1,15}):([0-9a-f]{64})$/

export async function verifyAudit(
  wiring: Wiring,
  chain: AuditChain,
  { expectedHead, newest, onProgress }: VerifyAuditOptions = {},
): Promise<AuditVerification> {
  // One that is named stands in the place of what was seen: that may be of a database that is gone.
  const expected = expectedHead === undefined ? chain.head : readHead('expectedHead', expectedHead)
  // A chain that lost its end is not linked any further; what there is of it is checked, and its end missed.
  await chain.link().catch(() => undefined)
  const anchor =
    (newest === undefined ? null : await linkBeforeNewest(wiring, newest)) ?? (await findAuditAnchor(wiring))
  const found = await walkFrom(wiring, anchor, expected, onProgress ?? (() => undefined))
  if (found.kind === 'broken' || expected === null) return found
  // Where only the newest are checked, it may be before them.
  const { auditLinks } = wiring.storage
  return (await goesOnFrom(auditLinks, expected, await auditLinks.latest())) ? found : headMissing(expected)
}

/** Retention may take events and links while they are checked: what it says that it took by then is not missed. */
async function walkFrom(
  wiring: Wiring,
  anchor: AuditLink | null,
  expected: Head | null,
  onProgress: (events: number) => void,
): Promise<AuditVerification> {
  for (let from = anchor; ; ) {
    const found = await new Walk(wiring, from, expected).check(onProgress)
    if (found.kind === 'intact') return found
    const forgotten = await findAuditAnchor(wiring)
    if (forgotten === null || forgotten.last < found.last || forgotten.last <= (from?.last ?? 0)) return found
    from = forgotten
  }
}

function headMissing({ last }: Head): Break {
  return { kind: 'broken', first: last, last, fault: 'head-missing' }
}

/** The link behind which the newest positions begin; null: they are all that there is. */
async function linkBeforeNewest({ storage }: Wiring, newest: number): Promise<AuditLink | null> {
  const latest = await storage.auditLinks.latest()
  const before = (latest?.last ?? 0) - newest
  const [link] = before <= 0 ? [] : await storage.auditLinks.read(before, 1)
  return link ?? null
}

/** As it is given out. */
export function formatHead({ last, digest }: Head): string {
  return `${last}:${Buffer.from(digest).toString('hex')}`
}

/** Throws `invalid-argument` naming the field. */
export function readHead(field: string, text: unknown): Head {
  const match = typeof text === 'string' ? headPattern.exec(text) : null
  if (match === null) throw invalidArgument(field, 'must be `position:digest` as an earlier check gave it')
  return { last: Number(match[1]), digest: Buffer.from(match[2] ?? '', 'hex') }
}

/** One check, from the beginning of the chain or from what retention left of it to its end. */
class Walk {
  readonly #wiring: Wiring
  /** The link up to which retention forgot; null: nothing is forgotten. */
  readonly #anchor: AuditLink | null
  readonly #expected: Head | null
  #previous: AuditLink | null
  #isFound = false
  #events = 0
  #from: Instant | null = null

  constructor(wiring: Wiring, anchor: AuditLink | null, expected: Head | null) {
    this.#wiring = wiring
    this.#anchor = anchor
    this.#expected = expected
    this.#previous = anchor
    if (anchor !== null) this.#meet(anchor)
  }

  async check(onProgress: (events: number) => void): Promise<AuditVerification> {
    for (;;) {
      const links = await this.#wiring.storage.auditLinks.read(this.#previous?.last ?? 0, linksInOneRead)
      for (const link of links) {
        const fault = await this.#checkLink(link)
        if (fault !== null) return fault
        onProgress(this.#events)
        await nextTurn()
      }
      if (links.length < linksInOneRead) return this.#end()
    }
  }

  async #checkLink(link: AuditLink): Promise<Break | null> {
    const after = this.#previous?.last ?? 0
    const found = await this.#wiring.storage.events.read(after, eventsInOneLink + 1)
    const events = found.filter(({ position }) => position <= link.last)
    if (!this.#holds(link, events)) return this.#faultOf(link, events)
    this.#from ??= events[0]?.at ?? null
    this.#events += events.length
    this.#previous = link
    this.#meet(link)
    return null
  }

  #holds(link: AuditLink, events: readonly SessionEvent[]): boolean {
    if (events.length !== link.count) return false
    const digest = linkDigest(this.#wiring.auditKey, this.#previous?.digest ?? noDigest, link, events)
    return equalInConstantTime(digest, link.digest)
  }

  #faultOf(link: AuditLink, events: readonly SessionEvent[]): Break {
    const own = events.filter(({ position }) => position >= link.first)
    const first = (this.#previous?.last ?? 0) + 1
    // Events that no link holds, before one that begins later: either they were added, or their links are gone.
    if (own.length < events.length) {
      const fault = this.#holds(link, own) ? 'altered' : 'links-missing'
      return { kind: 'broken', first, last: link.first - 1, fault }
    }
    const isFirst = this.#previous === null && link.first > 1
    const isWhole = events.length === link.count && events[0]?.position === link.first
    if (isFirst && (isWhole || events.length === 0)) {
      return { kind: 'broken', first, last: link.last, fault: 'beginning-missing' }
    }
    return { kind: 'broken', first: link.first, last: link.last, fault: 'altered' }
  }

  #meet(link: AuditLink): void {
    const head = this.#expected
    if (head?.last === link.last && equalInConstantTime(head.digest, link.digest)) this.#isFound = true
  }

  async #end(): Promise<AuditVerification> {
    const missing = this.#expected
    if (missing !== null && !this.#isFound && !this.#isForgotten(missing)) {
      return headMissing(missing)
    }
    return {
      kind: 'intact',
      events: this.#events,
      unlinked: await this.#countUnlinked(),
      from: this.#from,
      head: this.#previous === null ? null : formatHead(this.#previous),
    }
  }

  /** Retention took it, and the chain behind it holds. */
  #isForgotten(head: Head): boolean {
    return this.#anchor !== null && head.last < this.#anchor.last
  }

  async #countUnlinked(): Promise<number> {
    let position = this.#previous?.last ?? 0
    for (let count = 0; ; ) {
      const events = await this.#wiring.storage.events.read(position, eventsInOneLink)
      count += events.length
      if (events.length < eventsInOneLink) return count
      position = events.at(-1)?.position ?? position
    }
  }
}
