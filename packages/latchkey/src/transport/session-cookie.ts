import { type SetCookie, stringifySetCookie } from 'cookie'
import { between, type Instant, inSeconds } from '../foundation/time.ts'
import type { PublicAddress } from './public-address.ts'

const asIs = (text: string): string => text

/**
 * Every value of the cookie of exactly that name. A browser never sends two: more than one means that somebody
 * else planted one. Names are compared as they came, spaces alone put aside: a parser that also trims tabs or
 * U+00A0 takes a look-alike for ours. Values are not decoded, so that each token has one spelling.
 */
export function cookieValues(header: string | null, name: string): readonly string[] {
  if (header === null) return []
  const values: string[] = []
  let start = 0
  while (start < header.length) {
    const semicolon = header.indexOf(';', start)
    const end = semicolon === -1 ? header.length : semicolon
    while (header.charCodeAt(start) === space) start += 1
    const nameEnd = start + name.length
    if (header.charCodeAt(nameEnd) === equalsSign && header.startsWith(name, start)) {
      values.push(trimmed(header, nameEnd + 1, end))
    }
    start = end + 1
  }
  return values
}

const space = 0x20
const tab = 0x09
const equalsSign = 0x3d

/** Spaces and tabs around a value are no part of it. */
function trimmed(header: string, start: number, end: number): string {
  let [first, last] = [start, end]
  while (first < last && isBlank(header.charCodeAt(first))) first += 1
  while (last > first && isBlank(header.charCodeAt(last - 1))) last -= 1
  return header.slice(first, last)
}

function isBlank(code: number): boolean {
  return code === space || code === tab
}

/**
 * `Set-Cookie` for a new token. `Max-Age` reaches to the deadline, for tidiness only: the server decides when a
 * session is over. `SameSite=Lax` is a second line of defence; the first is `cross-site-check`.
 */
export function sessionCookie(
  token: string,
  expiresAt: Instant,
  now: Instant,
  address: PublicAddress,
): string {
  const maxAge = Math.max(0, Math.floor(inSeconds(between(now, expiresAt))))
  return stringifySetCookie({ ...attributes(address), value: token, maxAge }, { encode: asIs })
}

/** `Set-Cookie` that makes the browser forget the token. */
export function clearingCookie(address: PublicAddress): string {
  return stringifySetCookie({ ...attributes(address), value: '', maxAge: 0 })
}

/**
 * What clears a session cookie that a sibling domain planted beside ours: ours, and those of
 * {@link clearingCookiesOfDomains}.
 */
export function clearingCookiesOfAllScopes(address: PublicAddress): readonly string[] {
  return [clearingCookie(address), ...clearingCookiesOfDomains(address.cookieName, address)]
}

/**
 * What clears a cookie of our name in each domain above the host from which it may have been set. A browser that
 * knows `__Host-` never needs them and ignores them.
 */
export function clearingCookiesOfDomains(name: string, address: PublicAddress): readonly string[] {
  const labels = address.hostname.split('.')
  const isAddress = address.hostname.startsWith('[') || /^[\d.]+$/.test(address.hostname)
  const domains = isAddress ? [] : labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
  return domains.map((domain) =>
    stringifySetCookie({ ...cookieAttributes(name, address), value: '', maxAge: 0, domain }),
  )
}

/** What every cookie of ours has: it is for this host, this scheme and no script. */
export function cookieAttributes(name: string, address: PublicAddress): Omit<SetCookie, 'value'> {
  return { name, path: '/', httpOnly: true, sameSite: 'lax', secure: address.secure }
}

function attributes(address: PublicAddress): Omit<SetCookie, 'value'> {
  return cookieAttributes(address.cookieName, address)
}
