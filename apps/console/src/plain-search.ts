/** The query part of a URL as plain text values, without the JSON that the router would write by itself. */
export function parsePlainSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search))
}

/** Leaves out what is empty. */
export function formatPlainSearch(values: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' && value !== '') search.set(name, value)
  }
  return search.size === 0 ? '' : `?${search}`
}
