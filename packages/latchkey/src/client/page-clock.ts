/** The time in milliseconds, by the clock of the visitor's machine, which may be wrong. */
export function pageTime(): number {
  return Date.now()
}
