import { randomBase32 } from '../foundation/bytes.ts'
import type { SessionId } from '../model/session-token.ts'

/** Larger: more ids in memory. Smaller: the decoys' rows are nearer to the processor than those of others, and quicker. */
const mostKept = 1_024

/**
 * Whom to ask for besides, where a token is refused, so that every refusal takes a read that finds a session and one
 * that finds nothing: see `decisions/0019-a-refused-token-costs-the-same.md`.
 */
export class DecoyIds {
  /** Found in the storage lately, in a ring. */
  readonly #found: SessionId[] = []
  readonly #random: () => number
  #next = 0

  /** `random` as `Math.random`: which one is taken must not depend on when it was found, and is no secret. */
  constructor(random: () => number) {
    this.#random = random
  }

  noteFound(id: SessionId): void {
    this.#found[this.#next] = id
    this.#next = (this.#next + 1) % mostKept
  }

  /**
   * One that is there, or was when it was found; of a process that has found nothing yet, one that is not. Both kinds are
   * made each time and in the same way, as making one takes time as well, and so does reading a text that was put
   * together.
   */
  besides(asked: SessionId, outcome: 'found' | 'not-found'): SessionId {
    const random = randomBase32(22)
    const present = this.#found[Math.floor(this.#random() * this.#found.length)]
    const [shard, rest] =
      outcome === 'found' || present === undefined ? [asked, random] : [present, present.slice(6)]
    return `ses_${shard.slice(4, 6)}${rest}`
  }
}
