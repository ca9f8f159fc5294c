import { stringifySetCookie } from 'cookie'
import { type Duration, days, inSeconds } from '../foundation/time.ts'
import { isDeviceToken } from '../model/device-token.ts'
import type { PublicAddress } from './public-address.ts'
import { clearingCookiesOfDomains, cookieAttributes, cookieValues } from './session-cookie.ts'

/** The longest that browsers keep any cookie (RFC 6265bis, section 5.5). Each sign-in begins it anew. */
const lifetime: Duration = days(400)

/** More people than that share no browser. Beyond it the device of whoever signed in longest ago becomes a new one. */
export const tokensPerBrowser = 8

/** In no alphabet of a token, and allowed in a cookie as it is. */
const separator = '~'

/** Eight tokens come to 415 characters; more is nothing that was ever set. */
const longestValue = 1_024

/** What a browser says of the devices that it is: of one for each user who signed in on it. */
export interface DeviceCookie {
  /** What may be device tokens, newest first. None is proved: that is for whoever has the key. */
  readonly tokens: readonly string[]
  /** Two cookies of the name came, so somebody else planted one: neither is believed. */
  readonly isPlanted: boolean
}

/** `__Host-latchkey-device`, or `latchkey-device` over plain http on loopback. */
export function deviceCookieName(address: PublicAddress): string {
  return `${address.cookieName}-device`
}

/** Never throws; what is no token is left out. */
export function readDeviceCookie(cookieHeader: string | null, address: PublicAddress): DeviceCookie {
  const values = cookieValues(cookieHeader, deviceCookieName(address))
  const [value = ''] = values
  if (values.length > 1) return { tokens: [], isPlanted: true }
  if (value.length > longestValue) return { tokens: [], isPlanted: false }
  const tokens = new Set(value.split(separator).filter(isDeviceToken))
  return { tokens: [...tokens].slice(0, tokensPerBrowser), isPlanted: false }
}

/**
 * The `Set-Cookie` values that hand over a device's token beside those of other users of the browser. It outlives
 * signing out: it proves no session, and opens nothing.
 */
export function deviceCookies(
  token: string,
  { tokens, isPlanted }: DeviceCookie,
  address: PublicAddress,
): readonly string[] {
  const all = [token, ...tokens.filter((other) => other !== token)].slice(0, tokensPerBrowser)
  const attributes = cookieAttributes(deviceCookieName(address), address)
  const value = all.join(separator)
  const cookie = stringifySetCookie({ ...attributes, value, maxAge: inSeconds(lifetime) }, { encode: asIs })
  return isPlanted ? [...clearingCookiesOfDomains(attributes.name, address), cookie] : [cookie]
}

const asIs = (text: string): string => text
