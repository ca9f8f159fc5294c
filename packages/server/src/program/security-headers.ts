/**
 * Without inline code of any kind: what is not a file of the program does not run. Style attributes that a
 * script sets one by one are no inline style to a browser.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "object-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Two years, as preload lists ask for. */
const strictTransportSecurity = 'max-age=63072000; includeSubDomains'

/** What every answer of the program carries, whoever made it, those included that never came as far as the API. */
export function securityHeaders(publicUrl: string): readonly (readonly [string, string])[] {
  return [
    ['Content-Security-Policy', contentSecurityPolicy],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'no-referrer'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Permissions-Policy', 'camera=(), microphone=(), geolocation=()'],
    ...(publicUrl.startsWith('https:')
      ? ([['Strict-Transport-Security', strictTransportSecurity]] as const)
      : []),
  ]
}
