import { locale } from '../moment/english.ts'
import { countryName } from '../places/country-name.ts'

interface EvidenceRow {
  readonly name: string
  readonly value: string
}

const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })

/** Parts of names that are written otherwise than they are said. */
const spelling: Readonly<Record<string, string>> = {
  km: '(km)',
  kmh: '(km/h)',
  ip: 'IP',
  os: 'OS',
  asn: 'AS number',
}

/** The facts that a finding rests on, one in a line; what holds others is taken apart: `From, city`. */
export function evidenceRows(evidence: Readonly<Record<string, unknown>>, within = ''): EvidenceRow[] {
  return Object.entries(evidence).flatMap(([key, value]) => {
    const name = within === '' ? inWords(key) : `${within}, ${inWords(key).toLowerCase()}`
    if (isGroup(value)) return evidenceRows(value, name)
    return value === null || value === undefined ? [] : [{ name, value: valueText(key, value) }]
  })
}

function inWords(key: string): string {
  const words = key
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[_\s-]+/)
  const text = words.map((word) => spelling[word] ?? word).join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function valueText(key: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => valueText(key, one)).join(', ') || 'None'
  if (typeof value === 'number')
    return /^(?:network|asn|from_network|to_network)$/.test(key) ? `AS${value}` : number.format(value)
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (isGroup(value))
    return evidenceRows(value)
      .map((row) => `${row.name}: ${row.value}`)
      .join(', ')
  const text = String(value)
  return /countr/.test(key) ? (countryName(text) ?? text) : text
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
