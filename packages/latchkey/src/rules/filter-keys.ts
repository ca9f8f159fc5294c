import { canonicalAddress } from '../foundation/ip-address.ts'
import type { Instant } from '../foundation/time.ts'
import { isDeviceId } from '../model/device.ts'
import { deviceTypes } from '../model/device-info.ts'
import { severities } from '../model/finding.ts'
import type { SessionFacet } from '../model/session-filter.ts'
import { usualSpelling } from './filter-names.ts'
import { timeRange, timesInWords, withinBoth } from './filter-times.ts'
import { type FilterFault, type FilterWord, faultOf, type WrittenValue } from './filter-words.ts'
import { keptAddress } from './ip-privacy.ts'
import type { ParsedFilter } from './parsed-filter.ts'

/** What a word adds to the filter before it. */
type Condition = Partial<ParsedFilter>

/** A sentence where a value is none of its key; `fits` makes it what is stored. */
interface FacetKey {
  readonly facet: SessionFacet
  readonly needs: string
  /** Null: it does not fit. */
  fits(value: WrittenValue): string | null
}

/** By the key of a filter, in the order in which people are told of them. */
const facetKeys: Readonly<Record<string, FacetKey>> = {
  type: {
    facet: 'device_type',
    needs: `It needs a type of device: ${deviceTypes.join(', ')}.`,
    fits: ({ text }) => deviceTypes.find((type) => type === text.toLowerCase()) ?? null,
  },
  browser: { facet: 'browser', needs: '', fits: nameOf },
  os: { facet: 'os', needs: '', fits: nameOf },
  country: {
    facet: 'country',
    needs: 'It needs a country of two letters, such as NO, or unknown.',
    fits: ({ text }) => (/^[a-z]{2}$/i.test(text) ? text.toUpperCase() : unknownOf(text)),
  },
  network: {
    facet: 'network',
    needs: 'It needs the number of a network, such as AS64500, or unknown.',
    fits: ({ text }) => networkNumber(text) ?? unknownOf(text),
  },
}

type ReadWord = (word: FilterWord, filter: ParsedFilter, now: Instant) => Condition | FilterFault

const otherKeys: Readonly<Record<string, ReadWord>> = {
  user: (word) => onlyValue(word, (value) => ({ userId: value }), ''),
  device: (word) =>
    onlyValue(
      word,
      (value) => (isDeviceId(value) ? { deviceId: value } : null),
      'It needs the id of a device: dev_….',
    ),
  ip: (word) =>
    onlyValue(
      word,
      addressCondition,
      'It needs an address, or a network that ends in /24 (IPv4) or /48 (IPv6).',
    ),
  created: (word, { created }, now) =>
    onlyValue(word, (value) => rangeOf('created', created, timeRange(value, now)), timesInWords),
  active: (word, { lastActive }, now) =>
    onlyValue(word, (value) => rangeOf('lastActive', lastActive, timeRange(value, now)), timesInWords),
  risk: (word) =>
    onlyValue(word, (value) => oneOf('risk', severities, value), `It needs one of ${severities.join(', ')}.`),
  state: (word) =>
    onlyValue(word, (value) => oneOf('state', ['live', 'ended'], value), 'It needs live or ended.'),
}

/** Every key, in the order in which people are told of them. */
export const filterKeys: readonly string[] = [
  'user',
  'device',
  ...Object.keys(facetKeys),
  'ip',
  'created',
  'active',
  'risk',
  'state',
]

/** May be said more than once: each narrows what is left. */
const repeatable: ReadonlySet<string> = new Set([...Object.keys(facetKeys), 'created', 'active'])

export function conditionOf(word: FilterWord, filter: ParsedFilter, now: Instant): Condition | FilterFault {
  const { key } = word
  if (key === null) return searchOf(word, filter)
  if (!filterKeys.includes(key)) {
    return faultOf(
      word,
      `There is no key ${key}; there are ${filterKeys.join(', ')}. A text with a colon goes in quotes.`,
    )
  }
  const facet = facetKeys[key]
  if (facet !== undefined) return facetOf(word, facet, filter)
  const condition = otherKeys[key]?.(word, filter, now) ?? {}
  if ('message' in condition || repeatable.has(key)) return condition
  const isThere = (Object.keys(condition) as (keyof ParsedFilter)[]).some((field) => filter[field] !== null)
  return isThere ? faultOf(word, `${key} stands there twice.`) : condition
}

function searchOf(word: FilterWord, { search }: ParsedFilter): Condition | FilterFault {
  if (search !== null) return faultOf(word, 'There is a text already; put texts with blanks in quotes.')
  return { search: word.values[0]?.text ?? null }
}

function facetOf(
  word: FilterWord,
  { facet, needs, fits }: FacetKey,
  { facets }: ParsedFilter,
): Condition | FilterFault {
  const values = new Set<string>()
  for (const value of word.values) {
    const found = fits(value)
    if (found === null) return faultOf(word, needs)
    values.add(found)
  }
  return { facets: [...facets, { facet, is: word.isNegated ? 'none-of' : 'one-of', values: [...values] }] }
}

/** Of keys that take one value, and no minus. */
function onlyValue(
  word: FilterWord,
  read: (value: string) => Condition | null,
  needs: string,
): Condition | FilterFault {
  const [value, another] = word.values
  if (word.isNegated) return faultOf(word, `${word.key} cannot be negated.`)
  if (value === undefined || another !== undefined) return faultOf(word, `${word.key} takes one value.`)
  return read(value.text) ?? faultOf(word, needs)
}

function oneOf<Field extends 'risk' | 'state'>(
  field: Field,
  choices: readonly NonNullable<ParsedFilter[Field]>[],
  value: string,
): Condition | null {
  const found = choices.find((choice) => choice === value.toLowerCase())
  return found === undefined ? null : { [field]: found }
}

function rangeOf(
  field: 'created' | 'lastActive',
  before: ParsedFilter['created'],
  range: ParsedFilter['created'],
): Condition | null {
  return range === null ? null : { [field]: withinBoth(before, range) }
}

/** Networks that sessions are kept by: what an address of theirs is cut to. */
function addressCondition(value: string): Condition | null {
  const [written = '', length, more] = value.split('/')
  const address = canonicalAddress(written)
  if (address === null || more !== undefined) return null
  if (length === undefined) return { ipAddress: address }
  const expected = address.includes(':') ? '48' : '24'
  return length === expected ? { addressRange: keptAddress(address, 'truncated') } : null
}

function nameOf({ text, isQuoted }: WrittenValue): string {
  return isQuoted ? text : usualSpelling(text)
}

function unknownOf(text: string): string | null {
  return text.toLowerCase() === 'unknown' ? 'unknown' : null
}

/** Numbers of autonomous systems have 32 bits (RFC 6793). */
function networkNumber(text: string): string | null {
  const [, digits] = /^(?:AS)?(\d{1,10})$/i.exec(text) ?? []
  return digits === undefined || Number(digits) > 0xffff_ffff ? null : String(Number(digits))
}
