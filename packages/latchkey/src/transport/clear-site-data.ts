import { invalidArgument } from '../foundation/errors.ts'
import type { HeadersToSet } from './client-hint-headers.ts'

/** What a browser can be told to forget of a site (Clear Site Data, section 3.1). */
export type SiteData = 'cache' | 'cookies' | 'storage'

const known: ReadonlySet<string> = new Set<SiteData>(['cache', 'cookies', 'storage'])

/**
 * What signing out clears unless the application says otherwise. Not `cookies`: the session's is taken back by name,
 * and the browser would forget with all others, those of sibling hosts included, the device's, so that every sign-in
 * were one on a new device.
 */
export const clearedAtSignOut: readonly SiteData[] = ['cache', 'storage']

/** For an answer that signs out; no header where nothing is to be cleared. Throws `invalid-argument`. */
export function clearSiteDataHeaders(data: readonly SiteData[]): HeadersToSet {
  if (data.some((kind) => !known.has(kind))) {
    throw invalidArgument('clearAtSignOut', `may hold ${[...known].join(', ')}`)
  }
  if (data.length === 0) return Object.freeze({})
  return Object.freeze({ 'Clear-Site-Data': data.map((kind) => `"${kind}"`).join(', ') })
}
