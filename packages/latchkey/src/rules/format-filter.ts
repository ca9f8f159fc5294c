import { type Instant, toIso } from '../foundation/time.ts'
import type { InstantRange, SessionFacet } from '../model/session-filter.ts'
import { usualSpelling } from './filter-names.ts'
import type { ParsedFilter } from './parsed-filter.ts'

const keys: Readonly<Record<SessionFacet, string>> = {
  device_type: 'type',
  browser: 'browser',
  os: 'os',
  country: 'country',
  network: 'network',
}

/** The text that `parseFilter` reads as this filter, at any time: ages have become instants. */
export function formatFilter(filter: ParsedFilter): string {
  const { userId, deviceId, facets, ipAddress, addressRange, risk, state, search } = filter
  return [
    ...(userId === null ? [] : [`user:${written(userId)}`]),
    ...(deviceId === null ? [] : [`device:${deviceId}`]),
    ...facets.map(({ facet, is, values }) => {
      const listed = values.map((value) => (isName(facet) ? writtenName(value) : written(value)))
      return `${is === 'none-of' ? '-' : ''}${keys[facet]}:${listed.join(',')}`
    }),
    ...(ipAddress === null ? [] : [`ip:${ipAddress}`]),
    ...(addressRange === null ? [] : [`ip:${addressRange}`]),
    ...rangeWords('created', filter.created),
    ...rangeWords('active', filter.lastActive),
    ...(risk === null ? [] : [`risk:${risk}`]),
    ...(state === null ? [] : [`state:${state}`]),
    ...(search === null ? [] : [writtenSearch(search)]),
  ].join(' ')
}

function rangeWords(key: string, range: InstantRange | null): readonly string[] {
  const word = (comparison: string, instant: Instant): string => `${key}:${comparison}${toIso(instant)}`
  return [
    ...(range?.from == null ? [] : [word('>=', range.from)]),
    ...(range?.until == null ? [] : [word('<', range.until)]),
  ]
}

/** What stands for itself outside of quotes, in a list, too. */
const plain = /^[^\s",\\]+$/

function written(value: string): string {
  return plain.test(value) ? value : quoted(value)
}

function isName(facet: SessionFacet): boolean {
  return facet === 'browser' || facet === 'os'
}

function writtenName(value: string): string {
  return usualSpelling(value) === value ? written(value) : quoted(value)
}

/** A bare word would be taken for a condition where it looks like one. */
function writtenSearch(text: string): string {
  return /^-|^[a-z]+:/i.test(text) ? quoted(text) : written(text)
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}
