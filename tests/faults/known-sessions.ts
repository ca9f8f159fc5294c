import { idOfToken, type Operation } from './coherence-history.ts'
import type { SeededRandom } from './seeded-random.ts'

/** A session that the callers of a run know, and what they make of it. The judgement is the checker's. */
export interface KnownSession {
  readonly id: string
  readonly userId: string
  readonly deviceId: string | null
  token: string
  readonly oldTokens: string[]
  /** `doubtful`: an ending without an answer. */
  state: 'live' | 'ending' | 'doubtful' | 'ended'
}

/** A device as its browser knows it. */
export interface KnownDevice {
  readonly id: string
  readonly userId: string
  readonly token: string
}

/** How many of those that ended last are asked about again and again. */
const lately = 40
/** How many devices are signed in on again and again. */
const recently = 24

export class KnownSessions {
  readonly all: KnownSession[] = []
  readonly #live = new Set<KnownSession>()
  readonly #doubtful = new Set<KnownSession>()
  readonly #ended: KnownSession[] = []
  readonly #devices = new Map<string, KnownDevice>()

  get live(): readonly KnownSession[] {
    return [...this.#live]
  }

  /** Takes up what a call brought. */
  learn(operation: Operation): void {
    if (operation.kind === 'create' && operation.token !== null) {
      this.#add(operation.userId, operation.token, null)
    }
    if (operation.kind === 'sign-in' && operation.token !== null && operation.kept !== null) {
      const { userId, token, kept } = operation
      const id = idOfToken(kept)
      this.#devices.set(id, { id, userId, token: kept })
      this.#add(userId, token, id)
    }
    if (operation.kind === 'renew' && operation.token !== null) this.#renew(operation.id, operation.token)
    if (operation.kind === 'rotate' && operation.token !== null) {
      this.#renew(idOfToken(operation.shown), operation.token)
    }
    if (operation.kind === 'verify' && operation.answer === 'revoked') {
      this.settle(this.#liveOf(idOfToken(operation.token)), true)
    }
  }

  /** All live ones of the user, for whoever only asks about them. */
  ofUser(userId: string): KnownSession[] {
    return this.live.filter((session) => session.userId === userId)
  }

  /** One that has had other tokens. Null: there is none. */
  someReplaced(random: SeededRandom): KnownSession | null {
    const replaced = this.live.filter(({ oldTokens }) => oldTokens.length > 0)
    return replaced.length === 0 ? null : random.of(replaced)
  }

  /** Whether that ending was acknowledged. */
  settle(sessions: readonly KnownSession[], isAcknowledged: boolean): void {
    for (const session of sessions) {
      if (session.state === 'ended') continue
      this.#live.delete(session)
      this.#doubtful.delete(session)
      session.state = isAcknowledged ? 'ended' : 'doubtful'
      if (isAcknowledged) this.#ended.push(session)
      else this.#doubtful.add(session)
    }
  }

  /** One to end: a doubtful one as soon as one has ended in doubt, as a client tries again. Null: there is none. */
  takeOne(random: SeededRandom): KnownSession | null {
    const doubtful = [...this.#doubtful]
    const from = doubtful.length > 0 && random.isBelow(0.5) ? doubtful : this.live
    if (from.length === 0) return null
    const session = random.of(from)
    this.#live.delete(session)
    this.#doubtful.delete(session)
    session.state = 'ending'
    return session
  }

  /** All live ones of the user. */
  takeUser(userId: string): KnownSession[] {
    return this.#take((session) => session.userId === userId)
  }

  /** All live ones on the device. */
  takeDevice({ id }: KnownDevice): KnownSession[] {
    return this.#take((session) => session.deviceId === id)
  }

  /** One of those that were added last, of which some are chosen by several callers at once. Null: there is none. */
  someDevice(random: SeededRandom): KnownDevice | null {
    const recent = [...this.#devices.values()].slice(-recently)
    return recent.length === 0 ? null : random.of(recent)
  }

  #take(isTaken: (session: KnownSession) => boolean): KnownSession[] {
    const taken = this.live.filter(isTaken)
    for (const session of taken) {
      this.#live.delete(session)
      session.state = 'ending'
    }
    return taken
  }

  /** A token to ask about: mostly of a live session, often of one that has just ended, sometimes one that was replaced. */
  someToken(random: SeededRandom): string | null {
    const recent = this.#ended.slice(-lately)
    if (recent.length > 0 && random.isBelow(0.35)) return random.of(recent).token
    const live = this.live
    if (live.length === 0) return null
    const { token, oldTokens } = random.of(live)
    return oldTokens.length > 0 && random.isBelow(0.1) ? random.of(oldTokens) : token
  }

  #add(userId: string, token: string, deviceId: string | null): void {
    const id = idOfToken(token)
    const session: KnownSession = { id, userId, deviceId, token, oldTokens: [], state: 'live' }
    this.all.push(session)
    this.#live.add(session)
  }

  #liveOf(id: string): KnownSession[] {
    return this.live.filter((session) => session.id === id)
  }

  /** Several calls may bring the same one, and one that was replaced since. */
  #renew(id: string, token: string): void {
    const session = this.all.findLast((known) => known.id === id)
    if (session === undefined || session.token === token || session.oldTokens.includes(token)) return
    session.oldTokens.push(session.token)
    session.token = token
  }
}
