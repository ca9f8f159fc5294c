import type { Instant } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { type Analytics, type AnalyticsQuestion, getAnalytics } from './analytics.ts'
import type { RecountOptions } from './count-again.ts'
import { getOverview, type Overview } from './overview.ts'
import { type Rebuild, rebuildReports } from './rebuild-reports.ts'
import { type Recount, recountReports } from './recount-reports.ts'
import type { ReportWorker } from './report-worker.ts'
import type { Wiring } from './wiring.ts'

/** How far reports have come. */
export interface ReportState {
  /** Events up to here are counted. */
  readonly position: number
  /** Of the newest event. */
  readonly newest: number
  /** How many are not counted, more or less: positions may have gaps. */
  readonly behind: number
  /** Of the first one that is not; null where none is. */
  readonly oldestBehindAt: Instant | null
  /** From when on numbers are complete; null: nothing is counted yet. */
  readonly completeFrom: Instant | null
  /** How far detectors have come; null where they have never begun. */
  readonly detectorsPosition: number | null
  /** Of the first event that detectors have not looked at; null where they have looked at each, or have never begun. */
  readonly detectorsBehindAt: Instant | null
}

/** Numbers over time: a part of `Sessions`. */
export interface ReportOperations {
  /** Sessions over time, with the period before. Throws `invalid-argument` naming the field at fault. */
  getAnalytics(question: AnalyticsQuestion): Promise<Analytics>
  /** The last hours and days at a glance, of all sessions. */
  getOverview(): Promise<Overview>
  /** Counts what happened until now, with the tokens that this process was shown, and has detectors look at it; runs by itself, too. Returns how many events it read. */
  updateReports(options?: Pick<RecountOptions, 'signal'>): Promise<number>
  getReportState(): Promise<ReportState>
  /** Counts again from the event log, and compares. Reads all of it, in bounded steps, and changes nothing. */
  recountReports(options?: RecountOptions): Promise<Recount>
  /** Puts what a recount finds in the place of what is on record, as far back as the log holds every event. */
  rebuildReports(options?: Pick<RecountOptions, 'signal'>): Promise<Rebuild>
}

export function reportOperations(wiring: Wiring, worker: ReportWorker): ReportOperations {
  return {
    getAnalytics: (question) => getAnalytics(wiring, question),
    getOverview: () => getOverview(wiring),
    updateReports: async (options = {}) => {
      await wiring.verifications.write()
      return update(worker, options)
    },
    getReportState: () => reportState(wiring),
    recountReports: (options) => recountReports(wiring, options),
    rebuildReports: (options) => rebuildReports(wiring, options),
  }
}

async function update(worker: ReportWorker, { signal }: Pick<RecountOptions, 'signal'>): Promise<number> {
  let read = 0
  while (true) {
    signal?.throwIfAborted()
    const { events, lostRace } = await worker.step()
    read += events
    // What detectors have found since is an event, too.
    if (events === 0 && !lostRace) return read
    await nextTurn()
  }
}

async function reportState({ storage }: Wiring): Promise<ReportState> {
  const { position, since } = await storage.rollups.position()
  const newest = await storage.events.latest()
  const detectorsPosition = await storage.alerts.position()
  const firstAfter = async (read: number): Promise<Instant | null> => {
    const [next] = read < newest ? await storage.events.read(read, 1) : []
    return next?.at ?? null
  }
  return {
    position,
    newest,
    behind: Math.max(0, newest - position),
    oldestBehindAt: await firstAfter(position),
    completeFrom: since,
    detectorsPosition,
    detectorsBehindAt: detectorsPosition === null ? null : await firstAfter(detectorsPosition),
  }
}
