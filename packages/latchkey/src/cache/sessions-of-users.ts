import type { CachedSession } from './cached-session.ts'

/** How many sessions are looked through, more or less, to find those of one user. Fewer: more memory for chains. */
const chainLength = 8

/**
 * Finds the sessions of a user. A chain runs through the sessions themselves, so that one of a user who has no
 * other costs two references and no set; users whose ids hash alike share a chain.
 */
export class SessionsOfUsers {
  /** The first of each chain; their number is a power of two. */
  readonly #chains: (CachedSession | null)[]

  constructor(capacity: number) {
    const chains = 2 ** Math.ceil(Math.log2(Math.max(1, capacity / chainLength)))
    this.#chains = new Array<CachedSession | null>(chains).fill(null)
  }

  add(session: CachedSession): void {
    const chain = this.#chainOf(session.userId)
    const first = this.#chains[chain] ?? null
    session.next = first
    if (first !== null) first.previous = session
    this.#chains[chain] = session
  }

  remove(session: CachedSession): void {
    const { next, previous } = session
    if (next !== null) next.previous = previous
    if (previous !== null) previous.next = next
    else this.#chains[this.#chainOf(session.userId)] = next
    session.next = null
    session.previous = null
  }

  of(userId: string): readonly CachedSession[] {
    const found: CachedSession[] = []
    let session = this.#chains[this.#chainOf(userId)] ?? null
    for (; session !== null; session = session.next) if (session.userId === userId) found.push(session)
    return found
  }

  clear(): void {
    this.#chains.fill(null)
  }

  /** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/). A poor spread costs time only: names are compared, too. */
  #chainOf(userId: string): number {
    let hash = 0x811c9dc5
    for (let index = 0; index < userId.length; index += 1) {
      hash = Math.imul(hash ^ userId.charCodeAt(index), 0x01000193)
    }
    return hash & (this.#chains.length - 1)
  }
}
