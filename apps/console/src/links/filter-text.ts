/** One condition of the filter's grammar: `country:NO`, `browser:"Mobile Safari"`. */
export function condition(key: string, value: string): string {
  const isPlain = /^[^\s",]+$/.test(value)
  return `${key}:${isPlain ? value : `"${value.replaceAll(/["\\]/g, '\\$&')}"`}`
}

/** Sessions that were created from the one instant on and before the other. */
export function createdBetween(from: string, until: string): string {
  return `created:>=${from} created:<${until}`
}

/** All of them must hold; what is empty is left out. */
export function allOf(...conditions: readonly string[]): string {
  return conditions.filter((text) => text.trim() !== '').join(' ')
}
