import type { Page, PageRequest } from '../foundation/page.ts'
import type { SessionEvent } from '../model/session-event.ts'
import type { AuditChain } from './audit-chain.ts'
import { type EventConditions, listEvents, type RecordedEvent } from './list-events.ts'
import { recordEvents } from './record-events.ts'
import { type AuditVerification, type VerifyAuditOptions, verifyAudit } from './verify-audit.ts'
import type { Wiring } from './wiring.ts'

/** Everything that can be done with the audit log: a part of `Sessions`. */
export interface AuditOperations {
  /** The audit log, newest first. Throws `invalid-argument` naming the condition at fault. */
  listEvents(filter: EventConditions, page: PageRequest): Promise<Page<SessionEvent>>
  /** Adds to the audit log what happened outside of Latchkey's own changes; 500 at most. */
  recordEvents(events: readonly RecordedEvent[]): Promise<void>
  /** Recomputes the chain over the audit log from its beginning; what it found. Reads all of it, in bounded steps. */
  verifyAudit(options?: VerifyAuditOptions): Promise<AuditVerification>
}

export function auditOperations(wiring: Wiring, chain: AuditChain): AuditOperations {
  return {
    listEvents: (filter, page) => listEvents(wiring, filter, page),
    recordEvents: (events) => recordEvents(wiring, events),
    verifyAudit: (options) => verifyAudit(wiring, chain, options),
  }
}
