const steps: readonly [size: number, unit: string][] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
]

/** `3 d 4 h`, `42 min`, `8 s`: the two greatest units that say something. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds)
  const first = steps.findIndex(([size]) => whole >= size)
  if (first === -1) return '0 s'
  const [size, unit] = steps[first] ?? [1, 's']
  const next = steps[first + 1]
  const rest = next === undefined ? 0 : Math.floor((whole % size) / next[0])
  const head = `${Math.floor(whole / size)} ${unit}`
  return next === undefined || rest === 0 ? head : `${head} ${rest} ${next[1]}`
}

/** As `durationText`, by the greatest unit alone: for axes. */
export function shortDuration(seconds: number): string {
  const found = steps.find(([size]) => seconds >= size)
  if (!found) return `${Math.round(seconds * 1000)} ms`
  const amount = seconds / found[0]
  return `${amount >= 10 ? Math.round(amount) : Math.round(amount * 10) / 10} ${found[1]}`
}
