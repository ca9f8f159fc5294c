/**
 * What is read of a request: its method and its headers. A Fetch `Request`, a request of `node:http`, and those
 * of Express and Fastify are one as they stand.
 */
export interface RequestHead {
  readonly method?: string | undefined
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
}

/** What the server knows about the connection and the request does not say. */
export interface ConnectionFacts {
  /** The address of the socket's other end, or null where it is unknown. */
  readonly remoteAddress: string | null
}

export const unknownConnection: ConnectionFacts = { remoteAddress: null }

/** The value of a header by its lower-case name; one that came several times is joined; null where it is absent. */
export function headerOf(head: RequestHead, name: string): string | null {
  if (head.headers instanceof Headers) return head.headers.get(name)
  const value = head.headers[name]
  if (value === undefined) return null
  if (typeof value === 'string') return value
  return value.join(name === 'cookie' ? '; ' : ', ')
}
