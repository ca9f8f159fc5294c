import type { BacktestResult, DetectorOnWire, ResponseOnWire } from 'latchkey/client'
import type { BacktestQuestion, DetectorDraft } from '../api/detectors.ts'

/** How each detector is to be set, by its name. */
export type Draft = Readonly<Record<string, DetectorDraft>>

const day = 24 * 60 * 60 * 1000

/** As they are set now. */
export function draftOf(detectors: readonly DetectorOnWire[]): Draft {
  return Object.fromEntries(detectors.map(({ name, mode, response }) => [name, { mode, response }]))
}

/** What of the draft is otherwise than it is now; of one that does not enforce, its response is no matter. */
export function changesOf(
  detectors: readonly DetectorOnWire[],
  draft: Draft,
): [name: string, draft: DetectorDraft][] {
  return Object.entries(draft).filter(([name, { mode, response }]) => {
    const now = detectors.find((detector) => detector.name === name)
    return now?.mode !== mode || (mode === 'enforce' && now.response !== response)
  })
}

export function questionOf(draft: Draft, days: number, now: number): BacktestQuestion {
  return {
    from: new Date(now - days * day).toISOString(),
    to: new Date(now).toISOString(),
    draft: Object.entries(draft).map(([detector, { mode, response }]) => ({ detector, mode, response })),
  }
}

/** In the words of the sentence, the strictest first. */
const done: readonly (readonly [ResponseOnWire, string])[] = [
  ['end-session', 'ended'],
  ['require-reauthentication', 'challenged'],
  ['notify', 'reported'],
]

/** `14 would have been challenged and 2 ended`; null where nothing would have happened. */
export function responsesText(
  responses: BacktestResult['responses'],
  format: (count: number) => string,
): string | null {
  const parts = done.filter(([response]) => responses[response] > 0)
  if (parts.length === 0) return null
  const [first, ...rest] = parts.map(([response, verb], index) => {
    const count = format(responses[response])
    return index === 0 ? `${count} would have been ${verb}` : `${count} ${verb}`
  })
  return [first, ...rest].join(rest.length === 1 ? ' and ' : ', ')
}
