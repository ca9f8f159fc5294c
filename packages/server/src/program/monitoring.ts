import { type Duration, hours, minutes, systemTimers, type Timers } from 'latchkey'
import type { Logger } from 'pino'
import type { Metrics } from './metrics.ts'
import type { Program } from './open-program.ts'
import { startOtlpExport } from './otlp-export.ts'

/** What watches the program until it is closed. */
export interface Monitoring {
  close(): Promise<void>
}

/** A recount reads every live session's index entry: more often costs more than a counter is worth. */
export const recountInterval: Duration = hours(6)
/** Late enough not to slow down a start. */
export const firstRecountAfter: Duration = minutes(10)

/** Sends metrics where a collector is set, and counts again now and then what is counted. */
export function startMonitoring(
  program: Pick<Program, 'settings' | 'sessions' | 'storage'>,
  metrics: Metrics,
  { logger, timers = systemTimers }: { readonly logger: Logger; readonly timers?: Timers },
): Monitoring {
  const { otlpEndpoint: endpoint, otlpIntervalSeconds: intervalSeconds } = program.settings
  const otlp =
    endpoint === null ? null : startOtlpExport({ endpoint, intervalSeconds, collect: metrics.collect })
  const recounts = scheduleRecounts(() => recount(program, metrics, logger), timers)
  return {
    close: async () => {
      await recounts.stop()
      await otlp?.close()
    },
  }
}

async function recount(
  { storage }: Pick<Program, 'storage'>,
  metrics: Metrics,
  logger: Logger,
): Promise<void> {
  const { statistics } = storage
  try {
    const counted = (await statistics.totals()).active
    // What changes between the two reads is no difference: a second look decides.
    const differs = async (): Promise<number> =>
      (await statistics.recountActive()) - (await statistics.totals()).active
    const first = await differs()
    const difference = first === 0 ? 0 : await differs()
    metrics.showDifference('active-sessions', difference)
    if (difference !== 0) logger.error({ counted, difference }, 'the counter of active sessions is wrong')
  } catch (error) {
    logger.warn({ err: error }, 'counters could not be recounted')
  }
}

function scheduleRecounts(run: () => Promise<void>, timers: Timers): { stop(): Promise<void> } {
  let underway: Promise<void> = Promise.resolve()
  let stopped = false
  let cancel = wakeAfter(firstRecountAfter)
  function wakeAfter(delay: Duration): () => void {
    return timers.after(delay, () => {
      underway = run().then(() => {
        if (!stopped) cancel = wakeAfter(recountInterval)
      })
    })
  }
  return {
    stop() {
      stopped = true
      cancel()
      return underway
    },
  }
}
