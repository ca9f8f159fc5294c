import { equalInConstantTime, toBase64Url } from '../foundation/bytes.ts'
import type { AuditLink } from '../model/audit-link.ts'
import type { EventFilter, SessionEvent } from '../model/session-event.ts'
import { forgottenProof } from './audit-chain.ts'
import type { Wiring } from './wiring.ts'

/** Retention says so once in a while; the newest that are looked at. */
const mostLookedAt = 100

const whatIsForgotten: EventFilter = {
  userId: null,
  sessionId: null,
  actor: null,
  request: null,
  types: ['audit.forgotten'],
  from: null,
  until: null,
}

/**
 * The link up to which retention forgot, where it says so and nobody else does: from there on the chain can be checked.
 * Null: nothing is forgotten, as far as can be proved.
 */
export async function findAuditAnchor({ auditKey, storage }: Wiring): Promise<AuditLink | null> {
  const { items } = await storage.events.list(whatIsForgotten, { cursor: null, limit: mostLookedAt })
  for (const { last, stated } of furthestFirst(items)) {
    const [link] = await storage.auditLinks.read(last - 1, 1)
    if (link?.last === last && isProved(auditKey, link, stated)) return link
  }
  return null
}

interface Statement {
  readonly last: number
  readonly stated: SessionEvent['before']
}

/** Of two processes that forget at once, the one whose clock is behind may say less after the other has said more. */
function furthestFirst(events: readonly SessionEvent[]): readonly Statement[] {
  return events
    .flatMap(({ before }) => {
      const last = before?.['last']
      return typeof last === 'number' ? [{ last, stated: before }] : []
    })
    .sort((a, b) => b.last - a.last)
}

function isProved(key: Uint8Array | null, link: AuditLink, stated: SessionEvent['before']): boolean {
  const [digest, proof] = [link.digest, forgottenProof(key, link)].map((bytes) =>
    Buffer.from(toBase64Url(bytes)),
  )
  return (
    digest !== undefined &&
    proof !== undefined &&
    equalInConstantTime(digest, Buffer.from(String(stated?.['digest']))) &&
    equalInConstantTime(proof, Buffer.from(String(stated?.['proof'])))
  )
}
