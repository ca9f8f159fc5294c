import { type AuditVerification, between, type Duration, type Instant, inSeconds, minutes } from 'latchkey'
import { type Finding, failed, ok, skipped, warning } from './finding.ts'

export interface AuditFacts {
  readonly now: Instant
  /** When the first event happened that no link holds; null where there is none. */
  readonly oldestUnlinkedAt: Instant | null
  /** Of the newest events; null: the master secret cannot be read. */
  readonly verification: AuditVerification | null
}

/** A server links within a second; a command, before it ends. */
const toleratedLag: Duration = minutes(1)

export function checkAudit({ now, oldestUnlinkedAt, verification }: AuditFacts): Finding {
  if (verification === null) return skipped('audit', 'Not looked at: the master secret cannot be read.')
  if (verification.kind === 'broken') {
    const { first, last, fault } = verification
    return failed(
      'audit',
      `The audit log is not what was written: its chain is broken between ${first} and ${last} (${fault}).`,
      'Somebody changed it from outside of Latchkey, or rows were lost. Keep a copy of the database as it is, and compare it with the last backup; latchkey audit verify looks at all of it.',
    )
  }
  const lag = oldestUnlinkedAt === null ? 0 : between(oldestUnlinkedAt, now)
  if (lag > toleratedLag) {
    return warning(
      'audit',
      `The newest events of the audit log are in no link of its chain, the first of them for ${Math.round(inSeconds(lag as Duration))} s: until they are, nobody would see that they were altered.`,
      'Start the server (latchkey serve), which links them within a second; where one runs, its log says why it does not.',
    )
  }
  return ok(
    'audit',
    `The chain over the audit log holds, as far as was looked: ${verification.events} events.`,
  )
}
