import { toBase64Url } from '../foundation/bytes.ts'
import { systemActor } from '../model/session.ts'
import { plainEvent } from '../model/session-event.ts'
import { auditForgottenBefore } from '../rules/retention.ts'
import { type AuditChain, forgottenProof } from './audit-chain.ts'
import { type CleanupOutcome, type CleanupPace, inBatches, nothingDone } from './cleanup-batches.ts'
import { eventsInOneStep, type ReportWorker } from './report-worker.ts'
import type { Wiring } from './wiring.ts'

/** Forgets events whose retention is over, whole links of them, so that the rest of the chain can be checked. */
export interface EventRetention {
  /** As many steps as the pace has. Counts no sessions. */
  forget(pace: CleanupPace): Promise<Pick<CleanupOutcome, 'moreIsLeft'>>
}

export function createEventRetention(
  wiring: Wiring,
  chain: AuditChain,
  reports: Pick<ReportWorker, 'step'>,
): EventRetention {
  const { clock, policy, storage } = wiring
  /** `last` of the link up to which this process has said that it forgets. */
  let saidUpTo = 0

  async function say(last: number): Promise<void> {
    const [link] = await storage.auditLinks.read(last - 1, 1)
    if (link === undefined || link.last !== last || saidUpTo >= last) return
    const [digest, proof] = [link.digest, forgottenProof(wiring.auditKey, link)].map(toBase64Url)
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
    async forget(pace) {
      const limit = auditForgottenBefore(policy, clock.now())
      if (limit === null) return nothingDone
      await chain.link()
      const link = await storage.auditLinks.latestBefore(limit)
      if (link === null || !(await hasEventsUpTo(wiring, link.last))) return nothingDone
      if (!(await areRead(wiring, reports, link.last, pace.mostBatches))) return { moreIsLeft: true }
      await say(link.last)
      const { moreIsLeft } = await inBatches(pace, 'events', (most) => storage.events.forget(link.last, most))
      if (!moreIsLeft) await storage.auditLinks.forgetBefore(link.last)
      return { moreIsLeft }
    },
  }
}

/** Whether reports and detectors have read the events up to there: what they have not would never be counted. Has them read on. */
async function areRead(
  { storage, detectors }: Wiring,
  reports: Pick<ReportWorker, 'step'>,
  last: number,
  mostSteps: number,
): Promise<boolean> {
  for (let step = 0; step <= mostSteps; step += 1) {
    const { position } = await storage.rollups.position()
    const examined = detectors.length === 0 ? null : await storage.alerts.position()
    if (position >= last && (examined === null || examined >= last)) return true
    if (step === mostSteps) return false
    const { events } = await reports.step()
    if (events < eventsInOneStep && step > 0) return false
  }
  return false
}

async function hasEventsUpTo({ storage }: Wiring, last: number): Promise<boolean> {
  const [oldest] = await storage.events.read(0, 1)
  return oldest !== undefined && oldest.position <= last
}
