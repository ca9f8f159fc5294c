/** For those who have filters to write, and decide nothing. */
export { withinBoth } from '../rules/filter-times.ts'
export { formatFilter } from '../rules/format-filter.ts'
export type { ParsedFilter } from '../rules/parsed-filter.ts'
