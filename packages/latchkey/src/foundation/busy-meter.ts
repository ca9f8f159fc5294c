import { performance } from 'node:perf_hooks'

/** How much of the time the process had work. */
export interface BusyMeter {
  /** Since `restart`, or since it was made: from 0, nothing but waiting, to 1. */
  share(): number
  restart(): void
}

/** Of the event loop of this thread. */
export function eventLoopMeter(): BusyMeter {
  let start = performance.eventLoopUtilization()
  return {
    share: () => performance.eventLoopUtilization(start).utilization,
    restart() {
      start = performance.eventLoopUtilization()
    },
  }
}
