/** RFC 6750 section 2.1. The scheme's name counts in any case (RFC 9110 section 11.1). */
const bearerHeader = /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i

/** Longer credentials are refused unread: no token and no key comes near. */
const longestBearerToken = 1024

export type BearerToken =
  /** No `Authorization` header, or one of another scheme, which is somebody else's. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'present'; readonly token: string }
  | { readonly kind: 'malformed' }

const absent: BearerToken = { kind: 'absent' }

/** The bearer token of an `Authorization` header. */
export function bearerToken(header: string | null): BearerToken {
  if (header === null || !/^bearer($|[ ,])/i.test(header)) return absent
  if (header.length > longestBearerToken) return { kind: 'malformed' }
  const token = bearerHeader.exec(header)?.[1]
  return token === undefined ? { kind: 'malformed' } : { kind: 'present', token }
}
