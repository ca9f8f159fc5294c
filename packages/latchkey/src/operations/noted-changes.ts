import type { SessionId } from '../model/session-token.ts'
import type { Detector } from '../ports/detector.ts'

/** How many sessions are remembered, about 300 B each. Fewer: an event more for a session that goes back and forth. */
const mostSessions = 20_000

/** How much of each kind is said of one session. More: whoever has one can fill the log by making up names of browsers. */
const mostOfOneKind = 100

/**
 * What is said once: `network`: each one, of sessions that are bound to theirs; `place`; `client`. `address`: a network that was
 * looked up, of which nothing need be said. Phones have so many that the old ones make room.
 */
export type NotedKind = 'network' | 'place' | 'client' | 'address'

/** What is looked for in each use of a session. */
export interface ObservedChanges {
  readonly network: boolean
  readonly client: boolean
}

/** What was said of sessions that were used in another way than at sign-in: each thing of each is said once in this process. */
export class NotedChanges {
  readonly observed: ObservedChanges
  /** Under which networks are hashed: events hold no address. Null: then they say nothing of it. */
  readonly sourceKey: Uint8Array | null
  readonly #noted = new Map<SessionId, Map<NotedKind, Set<string>>>()

  constructor(detectors: readonly Detector[], sourceKey: Uint8Array | null) {
    this.observed = {
      network: detectors.some(({ observes }) => observes.includes('network-changed')),
      client: detectors.some(({ observes }) => observes.includes('client-changed')),
    }
    this.sourceKey = sourceKey
  }

  isNoted(id: SessionId, kind: NotedKind, what: string): boolean {
    const noted = this.#noted.get(id)?.get(kind)
    return noted !== undefined && (noted.has(what) || (noted.size >= mostOfOneKind && kind !== 'address'))
  }

  /** False where it was noted before, or there is too much of that kind of that session. */
  note(id: SessionId, kind: NotedKind, what: string): boolean {
    if (this.isNoted(id, kind, what)) return false
    const ofSession = this.#noted.get(id) ?? new Map<NotedKind, Set<string>>()
    const noted = ofSession.get(kind) ?? new Set()
    if (noted.size >= mostOfOneKind) noted.clear()
    if (this.#noted.size >= mostSessions) this.#noted.clear()
    this.#noted.set(id, ofSession.set(kind, noted.add(what)))
    return true
  }

  /** What was noted could not be said: the next use says it. */
  takeBack(id: SessionId, kind: NotedKind, what: string): void {
    this.#noted.get(id)?.get(kind)?.delete(what)
  }
}
