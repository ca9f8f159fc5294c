import { type Duration, inSeconds, type PolicyPresetName, policyPresets, type SessionTerms } from 'latchkey'
import type { PolicyTerm } from 'latchkey/http'

/** One term, or several by name, with what it is called outside of the program. */
export type TermName = keyof SessionTerms

/** In the order in which people read them. */
export const termNames: Readonly<Record<TermName, string>> = {
  absoluteLifetime: 'absolute_lifetime_seconds',
  idleTimeout: 'idle_timeout_seconds',
  rotationInterval: 'rotation_interval_seconds',
  sessionLimit: 'session_limit',
  reauthenticationWindow: 'reauthentication_window_seconds',
  networkBinding: 'network_binding',
}

export const allTerms: readonly TermName[] = Object.keys(termNames) as TermName[]

/** As it stands in JSON: durations in seconds. */
export function termValue(name: TermName, value: SessionTerms[TermName]): number | string | null {
  const isPlain = name === 'sessionLimit' || name === 'networkBinding' || value === null
  return isPlain ? value : inSeconds(value as Duration)
}

/** Those of some terms that are stated, all set by one. */
export function statedTerms(
  terms: Partial<SessionTerms>,
  setBy: string,
  sourceOf: (name: TermName) => string | null = () => null,
): PolicyTerm[] {
  return allTerms.flatMap((name) => {
    const value = terms[name]
    if (value === undefined) return []
    return [{ name: termNames[name], value: termValue(name, value), set_by: setBy, source: sourceOf(name) }]
  })
}

/** Where the preset has the number from; null where it says nothing of it. */
export function sourceIn(preset: PolicyPresetName | null, name: TermName): string | null {
  return preset === null ? null : (policyPresets[preset].sources[name] ?? null)
}
