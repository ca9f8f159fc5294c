import type { RequestFacts } from '../model/request-facts.ts'
import { clientAddress, type TrustedProxies } from './client-address.ts'
import type { ForwardedHeader } from './forwarded-hops.ts'
import { type ConnectionFacts, headerOf, type RequestHead } from './request-head.ts'

/** Real ones stay below 300 characters; more is an attack on whoever stores or parses it. */
const longestHeader = 1_024

const hintHeaders = [
  'sec-ch-ua',
  'sec-ch-ua-arch',
  'sec-ch-ua-bitness',
  'sec-ch-ua-form-factors',
  'sec-ch-ua-full-version-list',
  'sec-ch-ua-mobile',
  'sec-ch-ua-model',
  'sec-ch-ua-platform',
  'sec-ch-ua-platform-version',
]

/** What a request says about its sender, over-long headers cut off. */
export function requestFacts(
  head: RequestHead,
  connection: ConnectionFacts,
  trusted: TrustedProxies,
  forwardedHeader: ForwardedHeader = 'x-forwarded-for',
): RequestFacts {
  const hints: Record<string, string> = {}
  for (const name of hintHeaders) {
    const value = headerOf(head, name)
    if (value !== null) hints[name] = value.slice(0, longestHeader)
  }
  return {
    ipAddress: clientAddress(
      connection.remoteAddress,
      headerOf(head, forwardedHeader),
      trusted,
      forwardedHeader,
    ),
    userAgent: headerOf(head, 'user-agent')?.slice(0, longestHeader) ?? null,
    clientHints: Object.keys(hints).length === 0 ? null : hints,
  }
}
