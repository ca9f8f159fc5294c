import type { Page, PageRequest } from '../foundation/page.ts'
import type { SessionEvent } from '../model/session-event.ts'
import type { AuditChain } from './audit-chain.ts'
import { type EventConditions, listEvents, type RecordedEvent } from './list-events.ts'
import { recordEvents } from './record-events.ts'
import { type AuditVerification, formatHead, type VerifyAuditOptions, verifyAudit } from './verify-audit.ts'
import type { Wiring } from './wiring.ts'

/** Where the chain over the audit log ends. */
export interface AuditHead {
  /** `missing`: the chain does not go on from the newest link that was seen, and none is made any more. */
  readonly kind: 'present' | 'missing'
  /** `position:digest` of the newest link, or of the missing one; null where there is none. */
  readonly head: string | null
}

/** Everything that can be done with the audit log: a part of `Sessions`. */
export interface AuditOperations {
  /** The audit log, newest first. Throws `invalid-argument` naming the condition at fault. */
  listEvents(filter: EventConditions, page: PageRequest): Promise<Page<SessionEvent>>
  /** Adds to the audit log what happened outside of Latchkey's own changes; 500 at most. */
  recordEvents(events: readonly RecordedEvent[]): Promise<void>
  /** The newest link, to be kept outside of the storage and given back as the option `auditHead`. `linked-now`: of all events until now. */
  auditHead(events?: 'linked' | 'linked-now'): Promise<AuditHead>
  /** Recomputes the chain over the audit log from its beginning; what it found. Reads all of it, in bounded steps. */
  verifyAudit(options?: VerifyAuditOptions): Promise<AuditVerification>
}

export function auditOperations(wiring: Wiring, chain: AuditChain): AuditOperations {
  return {
    listEvents: (filter, page) => listEvents(wiring, filter, page),
    recordEvents: (events) => recordEvents(wiring, events),
    auditHead: async (events = 'linked') => {
      // A chain that was cut is linked no further; the look says so.
      if (events === 'linked-now') await chain.link().catch(() => undefined)
      const kind = (await chain.look()) === 'cut' ? 'missing' : 'present'
      return { kind, head: chain.head === null ? null : formatHead(chain.head) }
    },
    verifyAudit: (options) => verifyAudit(wiring, chain, options),
  }
}
