let arrivals = 0

/** Notes that a page is shown. The first one leaves the focus to the browser; each later one has to place it. */
export function arrive(): 'first' | 'later' {
  arrivals += 1
  return arrivals === 1 ? 'first' : 'later'
}
