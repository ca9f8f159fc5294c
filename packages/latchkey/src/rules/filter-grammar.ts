import type { Instant } from '../foundation/time.ts'
import { conditionOf } from './filter-keys.ts'
import { type FilterFault, filterWords } from './filter-words.ts'
import { noFilter, type ParsedFilter } from './parsed-filter.ts'

/** What came of reading a filter. */
export type FilterReading =
  | { readonly kind: 'filter'; readonly filter: ParsedFilter }
  | { readonly kind: 'fault'; readonly fault: FilterFault }

/**
 * Reads a filter: words separated by blanks, all of which must hold. `now` is what ages such as `created:<7d` are counted
 * from. Never throws. `docs/filters.md` has the grammar.
 *
 * @example
 * import { parseFilter, systemClock } from 'latchkey'
 *
 * const reading = parseFilter('type:mobile -country:NO created:<7d', systemClock.now())
 */
export function parseFilter(text: string, now: Instant): FilterReading {
  const words = filterWords(text)
  if ('message' in words) return { kind: 'fault', fault: words }
  let filter = noFilter
  for (const word of words) {
    const condition = conditionOf(word, filter, now)
    if ('message' in condition) return { kind: 'fault', fault: condition }
    filter = { ...filter, ...condition }
  }
  const device = filter.deviceId === null || filter.userId !== null ? undefined : words.find(isOfDevice)
  if (device === undefined) return { kind: 'filter', filter }
  const { text: word, position } = device
  return { kind: 'fault', fault: { word, position, message: 'A device needs its user beside it: user:….' } }
}

function isOfDevice({ key }: { readonly key: string | null }): boolean {
  return key === 'device'
}
