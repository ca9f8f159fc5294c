import { type Duration, inSeconds, type PolicyPresetName, policyPresets, type SessionTerms } from 'latchkey'
import type { PolicySettings } from './settings.ts'

/** The settings of which a preset can say something. */
export type PresetSettings = Partial<
  Pick<
    PolicySettings,
    | 'sessionLifetimeSeconds'
    | 'idleTimeoutSeconds'
    | 'rotationIntervalSeconds'
    | 'sessionLimit'
    | 'reauthenticationSeconds'
    | 'networkBinding'
  >
>

/** What the preset says of the settings that are free, which are those that nobody has given. */
export function presetSettings(
  preset: PolicyPresetName | undefined,
  isFree: (name: keyof PresetSettings) => boolean,
): PresetSettings {
  if (preset === undefined) return {}
  const all = inSettings(policyPresets[preset].terms)
  return Object.fromEntries(
    Object.entries(all).filter(
      ([name, value]) => value !== undefined && isFree(name as keyof PresetSettings),
    ),
  )
}

function inSettings(terms: Partial<SessionTerms>): { [Name in keyof PresetSettings]: unknown } {
  return {
    sessionLifetimeSeconds: secondsOf(terms.absoluteLifetime),
    idleTimeoutSeconds: secondsOf(terms.idleTimeout),
    rotationIntervalSeconds: secondsOf(terms.rotationInterval),
    sessionLimit: terms.sessionLimit === null ? 0 : terms.sessionLimit,
    reauthenticationSeconds: secondsOf(terms.reauthenticationWindow),
    networkBinding: terms.networkBinding,
  }
}

/** As settings say it: 0 for what has no limit. */
function secondsOf(duration: Duration | null | undefined): number | undefined {
  return duration === null ? 0 : duration && inSeconds(duration)
}
