import { locale } from '../moment/english.ts'

const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })

/** `Norway` for `NO`; the code itself where it names nothing; null for null. */
export function countryName(code: string | null): string | null {
  return code !== null && /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code
}
