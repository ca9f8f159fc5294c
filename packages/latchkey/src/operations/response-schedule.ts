import { type Duration, seconds } from '../foundation/time.ts'
import { spread } from '../foundation/timers.ts'
import { AlertResponder } from './respond-to-alerts.ts'
import type { Wiring } from './wiring.ts'
import { WorkClaim } from './work-claim.ts'

/** For what nobody woke it: of a process that was killed, and of notices that failed. Longer: they wait for longer. */
const responseInterval: Duration = seconds(15)

/** How long another process waits for one that was killed. Half of it shorter than a notice may take: two would send it. */
const claimLifetime: Duration = seconds(60)

const work = 'alert-responses'

/** Makes happen what alerts ask for, in one process of many, until `stop`, which resolves when nothing is under way any more. */
export interface ResponseSchedule {
  stop(): Promise<void>
}

export function scheduleResponses(wiring: Wiring, chance: () => number): ResponseSchedule {
  const { timers, report } = wiring
  const claim = new WorkClaim(wiring, work, claimLifetime)
  const mayGoOn = async (): Promise<boolean> => !stopped && (await claim.hold())
  const responder = new AlertResponder(wiring, mayGoOn, () => isWaiting)
  let line: Promise<void> = Promise.resolve()
  let [stopped, isWaiting] = [false, false]
  let cancel = wakeLater()
  const deafen = wiring.alertBell.listen(wake)

  function wakeLater(): () => void {
    return timers.after(spread(responseInterval, chance()), () => {
      cancel = wakeLater()
      wake()
    })
  }

  /** One run at a time, and one more for whatever came meanwhile. */
  function wake(): void {
    if (stopped || isWaiting) return
    isWaiting = true
    line = line.then(async () => {
      isWaiting = false
      if (!stopped) await responder.respond().catch((error: unknown) => report(error, 'respond-to-alerts'))
      // The next one to be woken may be another process.
      if (!isWaiting) await claim.release()
    })
  }

  return {
    async stop() {
      stopped = true
      deafen()
      cancel()
      await line
      await claim.release()
    },
  }
}
