import { invalidArgument } from '../foundation/errors.ts'
import {
  type DetectorMode,
  type DetectorSetting,
  detectorModes,
  type Response,
  responses,
} from '../model/alert.ts'
import { plainEvent } from '../model/session-event.ts'
import type { Detector } from '../ports/detector.ts'
import { settingOf } from '../rules/risk-response.ts'
import { type Backtest, type BacktestResult, backtest, type OnBacktestProgress } from './backtest.ts'
import type { ChangeOptions } from './change-options.ts'
import { originOf } from './change-origin.ts'
import { checkOneOf } from './check-argument.ts'
import type { Wiring } from './wiring.ts'

/** A detector, and how it is set. */
export interface DetectorState
  extends Pick<Detector, 'name' | 'title' | 'definition' | 'attack' | 'severity'>,
    Pick<DetectorSetting, 'mode' | 'response'> {}

/** Everything that can be done with detectors: a part of `Sessions`. */
export interface DetectionOperations {
  /** Those of the option `detectors`, in its order. */
  detectors(): Promise<readonly DetectorState[]>
  /**
   * From the next event on; what alerts of before still owe happens as far as the new setting allows it. Until it is set a
   * detector observes. Throws `invalid-argument` naming what is at fault.
   */
  setDetector(
    name: string,
    mode: DetectorMode,
    response: Response,
    options?: ChangeOptions,
  ): Promise<DetectorState>
  /**
   * What would have been found, and would have happened, with these settings: the events of the period once more, each with
   * what was known of its user then. Changes nothing. Reads the log in bounded steps, 28 days before the period included;
   * of users beyond the 50,000 seen last it knows nothing. `onProgress` is called after each step and must not throw. Rejects
   * with the reason of `signal` once that is aborted, and throws `invalid-argument` naming what is at fault.
   */
  backtest(test: Backtest, onProgress?: OnBacktestProgress, signal?: AbortSignal): Promise<BacktestResult>
}

export function detectionOperations(wiring: Wiring): DetectionOperations {
  const { storage, detectors } = wiring
  return {
    async detectors() {
      const settings = await storage.alerts.settings()
      return detectors.map((detector) => stateOf(detector, settings))
    },
    async setDetector(name, mode, response, options = {}) {
      const detector = detectorOf(wiring, 'name', name)
      const setting: DetectorSetting = {
        detector: detector.name,
        mode: checkOneOf('mode', mode, detectorModes),
        response: checkOneOf('response', response, responses),
      }
      const { at, by, request } = originOf(wiring, options)
      const before = settingOf(name, await storage.alerts.settings())
      const event = plainEvent({
        type: 'detector.set',
        at,
        actor: by,
        request,
        before: { ...before },
        after: { ...setting },
      })
      await storage.alerts.putSetting(setting, [event])
      return stateOf(detector, [setting])
    },
    backtest: async (test, onProgress, signal) =>
      backtest(wiring, checkedBacktest(wiring, test), onProgress, signal),
  }
}

function stateOf(detector: Detector, settings: readonly DetectorSetting[]): DetectorState {
  const { name, title, definition, attack, severity } = detector
  const { mode, response } = settingOf(name, settings)
  return { name, title, definition, attack, severity, mode, response }
}

function detectorOf({ detectors }: Wiring, field: string, name: unknown): Detector {
  const detector = detectors.find((known) => known.name === name)
  if (detector === undefined) throw invalidArgument(field, 'must be the name of a detector that is there')
  return detector
}

function checkedBacktest(wiring: Wiring, { from, until, draft }: Backtest): Backtest {
  if (!Number.isSafeInteger(from)) throw invalidArgument('from', 'must be an instant')
  if (!Number.isSafeInteger(until) || until <= from) throw invalidArgument('until', 'must be after from')
  if (!Array.isArray(draft)) throw invalidArgument('draft', 'must be an array of settings')
  const checked = draft.map((setting: DetectorSetting, index) => ({
    detector: detectorOf(wiring, `draft[${index}].detector`, setting?.detector).name,
    mode: checkOneOf(`draft[${index}].mode`, setting.mode, detectorModes),
    response: checkOneOf(`draft[${index}].response`, setting.response, responses),
  }))
  return { from, until, draft: checked }
}
