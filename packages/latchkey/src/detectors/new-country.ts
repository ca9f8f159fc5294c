import type { Instant } from '../foundation/time.ts'
import type { DeviceId } from '../model/device.ts'
import type { Severity } from '../model/finding.ts'
import { countryOf } from '../model/located-place.ts'
import type { UserHistory } from '../model/user-history.ts'
import type { Detector } from '../ports/detector.ts'
import { isFamiliar, isKnown, isLearned } from './familiar.ts'
import { countInWords, countryInWords } from './in-words.ts'

/** A sign-in from a country in which its user was never seen. */
export const newCountry: Detector = {
  name: 'new-country',
  title: 'New country',
  definition:
    'A sign-in from a country from which the user has not been seen before: of severity medium on a device that they have had for less than a day, low where no device is known, and info on their own device, as on a holiday. Nothing from private, relay, VPN and Tor networks: they say nothing about countries. Learning until the user has signed in 3 times, on 2 days, or has been known for 14 days.',
  attack: ['T1078'],
  severity: 'medium',
  observes: ['sign-in'],
  examine({ at, deviceId, sighting }, history) {
    const country = countryOf(sighting?.place ?? null)
    if (country === null || isKnown(history.countries, country)) return null
    if (!isLearned(history, at)) return 'learning'
    const known = history.countries.map(({ key }) => key)
    // Nothing to compare with: whoever has been on networks without a country only.
    if (known.length === 0) return 'learning'
    const severity = severityOf(deviceId, at, history)
    const device = severity === 'medium' ? ', on a new device' : ''
    return {
      severity,
      subject: `country:${country}`,
      reason: `First sign-in from ${countryInWords(country)}${device}; ${countInWords(history.signIns, 'sign-in')} before from ${namesOf(known)}.`,
      evidence: { country, known_countries: known, sign_ins_before: history.signIns },
    }
  },
}

function severityOf(deviceId: DeviceId | null, at: Instant, { devices }: UserHistory): Severity {
  if (deviceId === null) return 'low'
  return isFamiliar(devices, deviceId, at) ? 'info' : 'medium'
}

function namesOf(countries: readonly string[]): string {
  const named = countries.slice(0, 3).map(countryInWords)
  const more = countries.length - named.length
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ')
}
