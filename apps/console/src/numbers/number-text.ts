import { locale } from '../moment/english.ts'

const whole = new Intl.NumberFormat(locale)
const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
const large = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 2 })
const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
const finePercent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })

/** `12,408` */
export function countText(count: number): string {
  return whole.format(count)
}

/** `12.4K`, where there is no room for more. */
export function shortCount(count: number): string {
  return short.format(count)
}

/** `12,408`, and from a million on `1.28M`: for where numbers are large and room is not. */
export function roomyCount(count: number): string {
  return count < 1_000_000 ? whole.format(count) : large.format(count)
}

/** `1 session`, `12,408 sessions`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`
}

/** `42%` for 0.42; what is not nothing is not told as `0%`, and what is not all of it not as `100%`. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.001) return `under ${finePercent.format(0.001)}`
  if ((share > 0 && share < 0.1) || (share < 1 && share > 0.995))
    return finePercent.format(Math.min(share, 0.999))
  return percent.format(share)
}
