import { between, type Duration, milliseconds, minutes, seconds } from '../foundation/time.ts'
import { spread } from '../foundation/timers.ts'
import { eventsInOneStep, type ReportStep, type ReportWorker } from './report-worker.ts'
import type { Wiring } from './wiring.ts'
import { WorkClaim } from './work-claim.ts'

/** The work, by the name under which it is claimed. */
export const reportWork = 'reports'

/** How long a claim holds. Longer: after a crash others wait longer. Shorter: more writes for the claim. */
export const claimLength: Duration = seconds(10)

/**
 * How often those who wait for the work ask for it: with `claimLength` it is how long nobody is at it after a crash, 14 s at
 * most. Shorter: more statements for nothing.
 */
export const askAgainAfter: Duration = seconds(4)

/** How long events gather before they are counted. Longer: numbers are further behind. Shorter: more transactions. */
export const gatherFor: Duration = seconds(2)

/**
 * How many times as long as a step the rest after it is, while others write. Larger: numbers are behind for longer after a
 * rush. Smaller: sign-ins wait for the database more often: 15 leaves them 15 of 16 parts of the time.
 */
export const restFactor = 15

/** Whoever is further behind takes half of the time. Longer: alerts come too late to be of use. Shorter: every rush is slowed down. */
export const tooFarBehind: Duration = minutes(5)

/** After a failure. Shorter: a storage that is away is asked more often. */
export const retryReportsAfter: Duration = seconds(15)

/** Follows the event log until `stop`. */
export interface ReportSchedule {
  stop(): Promise<void>
}

export function scheduleReports(wiring: Wiring, worker: ReportWorker, chance: () => number): ReportSchedule {
  const claim = new WorkClaim(wiring, reportWork, claimLength)
  let cancel: (() => void) | null = null
  let underway: Promise<void> | null = null
  let isWoken = false
  let isStopped = false

  function wakeAfter(delay: Duration): void {
    if (isStopped) return
    cancel = wiring.timers.after(delay, () => {
      cancel = null
      isWoken = false
      underway = runOnce(wiring, worker, claim).then((step) => {
        underway = null
        const next = delayAfter(step, isWoken, wiring)
        if (next !== null) wakeAfter(next)
      })
    })
  }

  function wake(): void {
    isWoken = true
    if (cancel === null && underway === null) wakeAfter(spread(gatherFor, chance()))
  }

  const stopListening = wiring.storage.liveFeed.subscribe(wake)
  wake()
  return {
    async stop() {
      isStopped = true
      stopListening()
      cancel?.()
      await underway
      await claim.release()
    },
  }
}

type Run = (ReportStep & { readonly took: Duration }) | 'nothing-to-do' | 'not-ours' | 'failed'

/** Never rejects: a failure is reported, and the next run tries again. */
async function runOnce(wiring: Wiring, worker: ReportWorker, claim: WorkClaim): Promise<Run> {
  try {
    // A claim is a write, by which other processes are woken: not for nothing.
    if (!(await worker.isBehind())) return 'nothing-to-do'
    if (!(await claim.hold())) return 'not-ours'
    const began = wiring.clock.monotonic()
    const step = await worker.step()
    return { ...step, took: milliseconds(wiring.clock.monotonic() - began) }
  } catch (error) {
    wiring.report(error, 'reports')
    return 'failed'
  }
}

/** Null: until something happens. */
function delayAfter(run: Run, isWoken: boolean, { clock }: Wiring): Duration | null {
  if (run === 'failed') return retryReportsAfter
  if (run === 'nothing-to-do') return isWoken ? gatherFor : null
  if (run === 'not-ours') return askAgainAfter
  if (run.lostRace) return gatherFor
  if (run.events < eventsInOneStep) {
    if (isWoken) return gatherFor
    return run.detectorsFailed ? retryReportsAfter : null
  }
  const isFarBehind = run.oldestAt !== null && between(run.oldestAt, clock.now()) > tooFarBehind
  return milliseconds(run.took * (isFarBehind || !isWoken ? 1 : restFactor))
}
