import { type AssuranceLevel, type Duration, inSeconds, policyPresets, type SessionTerms } from 'latchkey'
import type { PolicyResponse } from 'latchkey/http'
import { timeInWords } from './time-in-words.ts'

type Timeouts = Pick<SessionTerms, 'absoluteLifetime' | 'idleTimeout'>

const levels = [
  ['aal1', 'nist-aal1'],
  ['aal2', 'nist-aal2'],
  ['aal3', 'nist-aal3'],
] as const satisfies readonly (readonly [AssuranceLevel, keyof typeof policyPresets])[]

/** Which levels of NIST SP 800-63B-4 the timeouts meet: those whose preset is no stricter. */
export function levelsMet(timeouts: Timeouts): PolicyResponse['meets'] {
  return levels.map(([level, preset]) => {
    const { absoluteLifetime, idleTimeout } = policyPresets[preset].terms
    const faults = [
      fault('sessions last', timeouts.absoluteLifetime, absoluteLifetime),
      fault('the idle timeout is', timeouts.idleTimeout, idleTimeout),
    ].filter((found) => found !== null)
    return {
      level,
      met: faults.length === 0,
      why: sentence(faults.length === 0 ? asAsked(preset) : faults.join('; ')),
    }
  })
}

/** What is wrong with a timeout; null where it is as short as it must be. A limit of null is none. */
function fault(what: string, value: Duration | null, most: Duration | null | undefined): string | null {
  if (most === null || most === undefined || (value !== null && value <= most)) return null
  if (value === null) return `there is no idle timeout, and ${atMost(most)} asked for`
  return `${what} ${timeInWords(inSeconds(value))}, and ${atMost(most)} allowed`
}

function atMost(most: Duration): string {
  const words = timeInWords(inSeconds(most))
  return `${words} at most ${words.startsWith('1 ') ? 'is' : 'are'}`
}

function asAsked(preset: keyof typeof policyPresets): string {
  const { absoluteLifetime, idleTimeout } = policyPresets[preset].terms
  const parts = [
    ...(absoluteLifetime ? [`sessions last ${timeInWords(inSeconds(absoluteLifetime))} at most`] : []),
    ...(idleTimeout ? [`the idle timeout is ${timeInWords(inSeconds(idleTimeout))} at most`] : []),
  ]
  return parts.join(', and ')
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}
