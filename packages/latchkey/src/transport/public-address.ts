import { invalidArgument } from '../foundation/errors.ts'
import { type AllowedOrigins, parseAllowedOrigins } from './allowed-origins.ts'

/** The address under which browsers reach the application, and what follows from it. */
export interface PublicAddress {
  /** `https://app.example.com`, as browsers write it in `Origin`. */
  readonly origin: string
  readonly hostname: string
  /** `__Host-latchkey` over https; `latchkey` over plain http, which is for loopback only. */
  readonly cookieName: string
  readonly secure: boolean
  /** Origins that may act beside it. */
  readonly allowedOrigins: AllowedOrigins
}

const loopbackName = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** Throws `invalid-argument` for anything that is not https, save plain http on loopback: a cookie would travel in the clear. */
export function parsePublicUrl(publicUrl: string, allowed: readonly string[] = []): PublicAddress {
  const url = URL.parse(publicUrl)
  if (url === null) throw invalidArgument('publicUrl', 'is no absolute URL')
  const { origin, hostname } = url
  const known = { origin, hostname, allowedOrigins: parseAllowedOrigins(allowed) }
  if (url.protocol === 'https:') return { ...known, cookieName: '__Host-latchkey', secure: true }
  if (url.protocol === 'http:' && loopbackName.test(hostname)) {
    return { ...known, cookieName: 'latchkey', secure: false }
  }
  throw invalidArgument('publicUrl', 'must be https, or http on a loopback address')
}
