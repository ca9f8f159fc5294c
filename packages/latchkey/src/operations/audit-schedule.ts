import { answeredInTime } from '../cache/answered-in-time.ts'
import { type Duration, seconds } from '../foundation/time.ts'
import { spread } from '../foundation/timers.ts'
import type { AuditChain } from './audit-chain.ts'
import type { Wiring } from './wiring.ts'

/** How long events wait to be linked. Longer: more of them can be changed unnoticed. Shorter: more and smaller links. */
export const linkDelay: Duration = seconds(0.8)

/** How long the end of a process waits for its last links. */
const closePatience: Duration = seconds(3)

/** Links events soon after they happen, until `stop`, which links the last ones. */
export interface AuditSchedule {
  stop(): Promise<void>
}

export function scheduleAuditChain(
  { storage, timers, report }: Wiring,
  chain: AuditChain,
  chance: () => number,
): AuditSchedule {
  let cancel: (() => void) | null = null
  let underway: Promise<void> = Promise.resolve()

  function link(): Promise<void> {
    return chain.link().catch((error: unknown) => report(error, 'audit-chain'))
  }

  function wake(): void {
    cancel ??= timers.after(spread(linkDelay, chance()), () => {
      cancel = null
      underway = link()
    })
  }

  const stopListening = storage.liveFeed.subscribe(wake)
  wake()
  return {
    async stop() {
      stopListening()
      cancel?.()
      const last = underway.then(link)
      await answeredInTime(last, closePatience, timers).catch((error: unknown) =>
        report(error, 'audit-chain'),
      )
    },
  }
}
