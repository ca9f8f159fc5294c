/** One hour or day of a chart. */
export interface TimePoint {
  readonly start: string
  /** By series, in their order; null where it cannot be told. */
  readonly values: readonly (number | null)[]
}
