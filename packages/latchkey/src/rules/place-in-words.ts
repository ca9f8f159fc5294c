import type { Place } from '../model/place.ts'

/**
 * Names of countries in English, as Unicode CLDR has them. `none`: nothing for a code that it does not know,
 * rather than the code.
 */
const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

const countryCode = /^[A-Z]{2}$/

/** Of no country: unknown, and made up to try software out. */
const noCountries = new Set(['ZZ', 'XA', 'XB'])

/** `Oslo, Norway`; `Norway` where the city is unknown; null where the country is, too: a city's name alone may be any of many. */
export function placeInWords(place: Place | null): string | null {
  if (place === null || place.country === null || !countryCode.test(place.country)) return null
  const country = noCountries.has(place.country) ? undefined : countryNames.of(place.country)
  if (country === undefined) return null
  const { city } = place
  // Singapore, Monaco, Hong Kong SAR China: once is enough.
  return city === null || `${country} `.startsWith(`${city} `) ? country : `${city}, ${country}`
}
