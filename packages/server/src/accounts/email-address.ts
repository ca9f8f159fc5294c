import { z } from 'zod'

/** RFC 5321 section 4.5.3.1.3: a path of 256 characters with its angle brackets. */
const longestAddress = 254

const address = z.email().max(longestAddress)

/**
 * The one spelling under which an address is kept, compared and throttled; null when it is none. Lower case
 * throughout: no provider of note tells `Ann@` from `ann@`, and people type both.
 */
export function normaliseEmail(text: string): string | null {
  const parsed = address.safeParse(text.trim().normalize('NFC').toLowerCase())
  return parsed.success ? parsed.data : null
}
