import { before, type Duration, days, hours, minutes, systemClock, systemTimers, type Timers } from 'latchkey'
import type { Logger } from 'pino'
import { countTwice } from '../diagnosis/count-twice.ts'
import type { Metrics } from './metrics.ts'
import type { Program } from './open-program.ts'
import { startOtlpExport } from './otlp-export.ts'

/** What watches the program until it is closed. */
export interface Monitoring {
  close(): Promise<void>
}

/** A recount reads every live session's index entry, and the events of days: more often costs more than it is worth. */
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

/** Of numbers over time those of the last day, with the one before it that has ended. */
const recountedNumbers: Duration = days(2)

/** Says nothing of the counter where sessions come and go too fast for it to be told. */
async function recount(
  { sessions, storage }: Pick<Program, 'sessions' | 'storage'>,
  { showDifference }: Pick<Metrics, 'showDifference'>,
  logger: Logger,
): Promise<void> {
  try {
    const { counted, recounted, hasChanged } = await countTwice(storage.statistics)
    const isKnown = recounted === counted || !hasChanged
    if (isKnown) showDifference('active-sessions', recounted - counted)
    if (isKnown && recounted !== counted) {
      logger.error({ counted, recounted }, 'the counter of active sessions is wrong')
    }
    const { differing, compared } = await sessions.recountReports({
      from: before(systemClock.now(), recountedNumbers),
    })
    showDifference('rollups', differing)
    if (differing > 0) logger.error({ differing, compared }, 'numbers over time are wrong')
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
