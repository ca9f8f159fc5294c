/** How many are named before the rest is counted. */
const named = 3

/** `A, B and C`; `A, B, C and 4 more`. The same name twice is `2 × A`. `total`: how many there are where not all names are known. */
export function namesInWords(names: readonly string[], total: number = names.length): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  const parts = [...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`))
  const shown = parts.length <= named + 1 ? parts : parts.slice(0, named)
  const rest = total - [...counts.values()].slice(0, shown.length).reduce((sum, count) => sum + count, 0)
  const all = rest > 0 ? [...shown, `${rest} more`] : shown
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}
