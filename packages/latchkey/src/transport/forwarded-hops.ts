import { parse } from 'forwarded-parse'
import { invalidArgument } from '../foundation/errors.ts'

/** The headers in which proxies say whom they speak for: the common one, and that of RFC 7239. */
export const forwardedHeaders = ['x-forwarded-for', 'forwarded'] as const

/** One of {@link forwardedHeaders}. */
export type ForwardedHeader = (typeof forwardedHeaders)[number]

/** Throws `invalid-argument`: a misspelt name would be a header that every visitor may send. */
export function checkForwardedHeader(name: ForwardedHeader): ForwardedHeader {
  if (forwardedHeaders.includes(name)) return name
  throw invalidArgument('forwardedHeader', `must be one of ${forwardedHeaders.join(', ')}`)
}

/** A hop may carry a port: `192.0.2.1:443`, `[2001:db8::1]:443`; in `Forwarded` also an obfuscated one, `:_p1`. */
const withPort = /^(?:\[([^\]]+)\]|(\d+\.\d+\.\d+\.\d+))(?::(?:\d{1,5}|_[\w.-]+))?$/

/**
 * The hops that the header names, from the visitor's side to ours, each without its port. What stands there may be
 * anything: an address, `unknown`, `_hidden`, an invention. A `Forwarded` that cannot be read has one hop that says
 * nothing: a quotation mark that the visitor left open swallows what honest proxies added.
 */
export function forwardedHops(kind: ForwardedHeader, header: string): readonly string[] {
  const hops = kind === 'forwarded' ? hopsOfForwarded(header) : header.split(',').map((hop) => hop.trim())
  return hops.map(withoutPort)
}

function hopsOfForwarded(header: string): readonly string[] {
  try {
    return parse(header).map((element) => element['for'] ?? '')
  } catch {
    return ['']
  }
}

function withoutPort(hop: string): string {
  const match = withPort.exec(hop)
  return match?.[1] ?? match?.[2] ?? hop
}
