/** The names in their order; those that are the same are counted, so that a screen reader tells them apart: `TV, 2 of 3`. */
export function distinctNames(names: readonly string[]): string[] {
  const total = new Map<string, number>()
  for (const name of names) total.set(name, (total.get(name) ?? 0) + 1)
  const seen = new Map<string, number>()
  return names.map((name) => {
    const count = total.get(name) ?? 1
    if (count === 1) return name
    const place = (seen.get(name) ?? 0) + 1
    seen.set(name, place)
    return `${name}, ${place} of ${count}`
  })
}
