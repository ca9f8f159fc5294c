/** What a request says about the one who sent it. Facts only: nothing here has been judged. */
export interface RequestFacts {
  /** The visitor's address in canonical form, or null where it is unknown or must not be kept. */
  readonly ipAddress: string | null
  /** The `User-Agent` header as received, or null. */
  readonly userAgent: string | null
  /** User-Agent Client Hints by lower-case header name (`sec-ch-ua-platform`), or null. */
  readonly clientHints: Readonly<Record<string, string>> | null
}

/** A request of which nothing is known. */
export const noFacts: RequestFacts = { ipAddress: null, userAgent: null, clientHints: null }
