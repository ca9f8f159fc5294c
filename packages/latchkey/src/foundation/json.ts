/** What JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonObject | readonly JsonValue[]

/** An object of JSON. */
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** The object that the text holds, or null when it holds anything else or is no JSON. Never throws. */
export function parseJsonObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
  } catch {
    return null
  }
}

/** The same text for the same content, whatever the order in which it was put together. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
