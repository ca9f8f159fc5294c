import { base32, hmacSha256 } from '../foundation/bytes.ts'
import type { ChangeOrigin, SessionRef } from '../model/session.ts'
import { plainEvent } from '../model/session-event.ts'
import type { SessionId } from '../model/session-token.ts'
import type { EventLog } from '../ports/event-log.ts'
import { keptAddress } from '../rules/ip-privacy.ts'

/** How many are remembered, about 150 B each. Fewer: an event more for a session that goes back and forth. */
const mostNoted = 20_000

/** Sessions that were used from another network than at sign-in; each network of each is said once in this process. */
export class NetworkChanges {
  readonly #events: Pick<EventLog, 'append'>
  /** Under which networks are hashed: events hold no address. Null: then they say nothing of it. */
  readonly #key: Uint8Array | null
  readonly #report: (error: unknown) => void
  readonly #noted = new Set<string>()

  constructor(events: Pick<EventLog, 'append'>, key: Uint8Array | null, report: (error: unknown) => void) {
    this.#events = events
    this.#key = key
    this.#report = report
  }

  isNoted(id: SessionId, address: string | null): boolean {
    return this.#noted.has(entryOf(id, address))
  }

  /** Never rejects: to observe something is no reason to refuse it. */
  async note({ id, userId }: SessionRef, address: string | null, origin: ChangeOrigin): Promise<void> {
    if (this.#noted.size >= mostNoted) this.#noted.clear()
    this.#noted.add(entryOf(id, address))
    const { at, by, request } = origin
    const event = plainEvent({
      type: 'session.network-changed',
      at,
      actor: by,
      sessionId: id,
      userId,
      request,
      after: this.#key === null ? null : { source: sourceName(this.#key, keptAddress(address, 'truncated')) },
    })
    await this.#events.append([event]).catch(this.#report)
  }
}

function entryOf(id: SessionId, address: string | null): string {
  return `${id} ${keptAddress(address, 'truncated') ?? ''}`
}

/** The same for the same network, and nobody without the key can tell which it is. */
function sourceName(key: Uint8Array, network: string | null): string {
  return base32(hmacSha256(key, network ?? ''), 16)
}
