/** The only headers that say whose request it is. A header that came several times is joined. */
export interface CredentialHeaders {
  readonly cookie: string | null
  readonly authorization: string | null
  /** `X-Latchkey-Activity` */
  readonly activity: string | null
  /** `Sec-Purpose` */
  readonly purpose: string | null
}

/** What a server has to know of a request before it answers without a `Request` of Fetch. */
export interface PlainRequest extends CredentialHeaders {
  readonly host: string
  readonly contentType: string | null
  /** As it came; null together with `transferEncoding` where there is no body. */
  readonly contentLength: string | null
  readonly transferEncoding: string | null
}

/**
 * Reads `rawHeaders` of `node:http`: names and values in turn, every one of them, as `Headers` would. Null without
 * exactly one `Host`: that is for somebody else to answer.
 */
export function readPlainRequest(rawHeaders: readonly string[]): PlainRequest | null {
  let host: string | null = null
  let cookie: string | null = null
  let authorization: string | null = null
  let activity: string | null = null
  let purpose: string | null = null
  let contentType: string | null = null
  let contentLength: string | null = null
  let transferEncoding: string | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = nameOf(rawHeaders[index] ?? '')
    if (name === null) continue
    const value = rawHeaders[index + 1] ?? ''
    if (name === 'cookie') cookie = joined(cookie, '; ', value)
    else if (name === 'authorization') authorization = joined(authorization, ', ', value)
    else if (name === 'x-latchkey-activity') activity = joined(activity, ', ', value)
    else if (name === 'sec-purpose') purpose = joined(purpose, ', ', value)
    else if (name === 'content-type') contentType = joined(contentType, ', ', value)
    else if (name === 'content-length') contentLength = joined(contentLength, ', ', value)
    else if (name === 'transfer-encoding') transferEncoding = joined(transferEncoding, ', ', value)
    else if (host === null) host = value
    else return null
  }
  if (host === null) return null
  return { host, cookie, authorization, activity, purpose, contentType, contentLength, transferEncoding }
}

/** The name in lower case; null for one that counts for nothing here. */
function nameOf(name: string): string | null {
  const counts = nameOfLength[name.length]
  return counts !== undefined && name.toLowerCase() === counts ? counts : null
}

const namesThatCount = [
  'host',
  'cookie',
  'authorization',
  'content-type',
  'content-length',
  'transfer-encoding',
  'x-latchkey-activity',
  'sec-purpose',
] as const

/** No two are of one length. */
const nameOfLength: (string | undefined)[] = []
for (const name of namesThatCount) nameOfLength[name.length] = name

function joined(before: string | null, separator: string, value: string): string {
  return before === null ? value : before + separator + value
}
