import { invalidArgument } from '../foundation/errors.ts'

/** The address under which browsers reach the application, and what follows from it. */
export interface PublicAddress {
  /** `https://app.example.com`, as browsers write it in `Origin`. */
  readonly origin: string
  readonly hostname: string
  /** `__Host-latchkey` over https; `latchkey` over plain http, which is for loopback only. */
  readonly cookieName: string
  readonly secure: boolean
}

const loopbackName = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** Throws `invalid-argument` for anything that is not https, save plain http on loopback: a cookie would travel in the clear. */
export function parsePublicUrl(publicUrl: string): PublicAddress {
  const url = URL.parse(publicUrl)
  if (url === null) throw invalidArgument('publicUrl', 'is no absolute URL')
  const { origin, hostname } = url
  if (url.protocol === 'https:') return { origin, hostname, cookieName: '__Host-latchkey', secure: true }
  if (url.protocol === 'http:' && loopbackName.test(hostname)) {
    return { origin, hostname, cookieName: 'latchkey', secure: false }
  }
  throw invalidArgument('publicUrl', 'must be https, or http on a loopback address')
}
