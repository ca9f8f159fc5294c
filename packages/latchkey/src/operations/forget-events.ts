import { toBase64Url } from '../foundation/bytes.ts'
import { systemActor } from '../model/session.ts'
import { plainEvent } from '../model/session-event.ts'
import { auditForgottenBefore } from '../rules/retention.ts'
import { type AuditChain, forgottenProof } from './audit-chain.ts'
import { type CleanupOutcome, cleanupBatch, inBatches, nothingDone } from './cleanup-batches.ts'
import type { Wiring } from './wiring.ts'

/** Forgets events whose retention is over, whole links of them, so that the rest of the chain can be checked. */
export interface EventRetention {
  /** At most `mostBatches` steps. Counts no sessions. */
  forget(mostBatches: number): Promise<Pick<CleanupOutcome, 'moreIsLeft'>>
}

export function createEventRetention(wiring: Wiring, chain: AuditChain): EventRetention {
  const { auditKey, clock, policy, storage } = wiring
  /** `last` of the link up to which this process has said that it forgets. */
  let saidUpTo = 0

  async function say(last: number): Promise<void> {
    const [link] = await storage.auditLinks.read(last - 1, 1)
    if (link === undefined || link.last !== last || saidUpTo >= last) return
    const [digest, proof] = [link.digest, forgottenProof(auditKey, link)].map(toBase64Url)
    await storage.events.append([
      plainEvent({
        type: 'audit.forgotten',
        at: clock.now(),
        actor: systemActor,
        before: { last, digest: digest ?? '', proof: proof ?? '' },
      }),
    ])
    saidUpTo = last
  }

  return {
    async forget(mostBatches) {
      const now = clock.now()
      const limit = auditForgottenBefore(policy, now)
      if (limit === null) return nothingDone
      await chain.link()
      const link = await storage.auditLinks.latestBefore(limit)
      if (link === null || !(await hasEventsUpTo(wiring, link.last))) return nothingDone
      await say(link.last)
      const { moreIsLeft } = await inBatches(mostBatches, () =>
        storage.events.forget(link.last, cleanupBatch),
      )
      if (!moreIsLeft) await storage.auditLinks.forgetBefore(link.last)
      return { moreIsLeft }
    },
  }
}

async function hasEventsUpTo({ storage }: Wiring, last: number): Promise<boolean> {
  const [oldest] = await storage.events.read(0, 1)
  return oldest !== undefined && oldest.position <= last
}
