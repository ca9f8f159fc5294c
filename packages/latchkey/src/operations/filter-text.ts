/** For those who have filters to write, and decide nothing. */
export { formatFilter } from '../rules/format-filter.ts'
export type { ParsedFilter } from '../rules/parsed-filter.ts'
