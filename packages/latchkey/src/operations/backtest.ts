import { before, type Duration, days, hours, type Instant } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { DetectorSetting } from '../model/alert.ts'
import type { SessionEvent } from '../model/session-event.ts'
import { observationOfEvent } from '../rules/observation-of-event.ts'
import { isMuted, responseTo, settingOf } from '../rules/risk-response.ts'
import { BacktestCounts, type BacktestFigures } from './backtest-counts.ts'
import { examineEvents } from './examine-events.ts'
import { positionAt } from './position-at.ts'
import { ReplayedHistories } from './replayed-histories.ts'
import type { Wiring } from './wiring.ts'

/** What is to be tried. */
export interface Backtest {
  readonly from: Instant
  readonly until: Instant
  /** In the place of how detectors are set; those that are not named are as they are set. */
  readonly draft: readonly DetectorSetting[]
}

/** How far it is. */
export type OnBacktestProgress = (progress: { readonly events: number; readonly sessions: number }) => void

/** What would have been. */
export interface BacktestResult extends BacktestFigures {
  readonly from: Instant
  readonly until: Instant
}

/** Longer than the longest absence that a detector asks for, 90 days. What was before it is known from the histories on record. */
const learnedBefore: Duration = days(100)
/** In one read; after each, others have their turn. */
const eventsInOneStep = 500
/** By which clocks of processes may differ, and more. */
const clockMargin: Duration = hours(1)

export async function backtest(
  wiring: Wiring,
  { from, until, draft }: Backtest,
  onProgress: OnBacktestProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<BacktestResult> {
  const { storage, detectors, report } = wiring
  const settings = draft.concat(await storage.alerts.settings())
  const mutes = await storage.alerts.mutes()
  const running = detectors.filter(({ name }) => settingOf(name, settings).mode !== 'off')
  const counts = new BacktestCounts(running)
  const start = before(from, learnedBefore)
  const histories = new ReplayedHistories(storage, start)
  for await (const events of eventsBetween(storage.events, start, until, signal)) {
    await histories.meet(events)
    for (const event of events) {
      const isOfPeriod = event.at >= from
      const found = examineEvents([event], isOfPeriod ? running : [], histories.byUser, report)
      await histories.learnAnswer(event)
      histories.keepBounded(event.userId)
      if (!isOfPeriod) continue
      counts.note(observationOfEvent(event)?.kind === 'sign-in')
      for (const risk of found) {
        if (isMuted(risk, mutes)) continue
        counts.add(risk.finding, responseTo(risk, settingOf(risk.finding.detector, settings)))
      }
    }
    onProgress?.({ events: counts.events, sessions: counts.sessions })
  }
  return { from, until, ...counts.result() }
}

/** In steps; events of that time that come in a little out of order are in them, too. */
async function* eventsBetween(
  log: Wiring['storage']['events'],
  from: Instant,
  until: Instant,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly SessionEvent[]> {
  let position = await positionAt(log, before(from, clockMargin))
  for (;;) {
    signal?.throwIfAborted()
    const events = await log.read(position, eventsInOneStep)
    yield events.filter(({ at }) => at >= from && at < until)
    const last = events.at(-1)
    if (last === undefined || events.length < eventsInOneStep || last.at > until + clockMargin) return
    position = last.position
    await nextTurn()
  }
}
