import { invalidArgument } from '../foundation/errors.ts'

/** Origins of other sites of the same owner whose pages may act with the cookie. Made by {@link parseAllowedOrigins}. */
export type AllowedOrigins = ReadonlySet<string>

/**
 * Each is an origin exactly as browsers write it: `https://app.example.com`, with a port where that is not the
 * scheme's own. Throws `invalid-argument` for anything else: no pattern, no path, no `null`, which a page in a
 * sandbox says of itself, and plain http on loopback only.
 */
export function parseAllowedOrigins(origins: readonly string[]): AllowedOrigins {
  for (const origin of origins) {
    if (!isOrigin(origin)) {
      throw invalidArgument(
        'allowedOrigins',
        `has ${JSON.stringify(origin)}, which is no https origin as browsers write it: https://app.example.com`,
      )
    }
  }
  return new Set(origins)
}

const loopbackName = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

function isOrigin(text: unknown): boolean {
  const url = typeof text === 'string' ? URL.parse(text) : null
  // A star may stand in the name of a host, and no browser would ever send it: whoever writes one expects more of it.
  if (url === null || url.origin !== text || url.hostname.includes('*')) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopbackName.test(url.hostname))
}
