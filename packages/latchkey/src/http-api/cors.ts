import type { AllowedOrigins } from '../transport/allowed-origins.ts'
import { headerOf, type RequestHead } from '../transport/request-head.ts'
import type { HeaderPairs } from './node-answers.ts'

/** What a page of another origin may send. */
const requestHeaders = 'Authorization, Content-Type, Idempotency-Key, X-Latchkey-Activity'

/** What it may read besides the few that every page may. */
const answerHeaders = 'Retry-After, X-Request-Id'

/** How long a browser remembers the answer to a preflight, in seconds. Longer: an origin that is taken off the list is let in for longer. */
const preflightAge = '600'

const none: HeaderPairs = []

/** What lets the page of an allowed origin read the answer; nothing for every other one, and for `null`. */
export function corsHeaders(head: RequestHead, allowed: AllowedOrigins): HeaderPairs {
  const origin = headerOf(head, 'origin')
  if (origin === null || !allowed.has(origin)) return none
  return [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Cross-Origin-Resource-Policy', 'cross-origin'],
    ['Access-Control-Expose-Headers', answerHeaders],
  ]
}

/** The answer to a preflight of an allowed origin; null for everything else. */
export function preflightAnswer(
  head: RequestHead,
  allowed: AllowedOrigins,
  methods: readonly string[],
): Response | null {
  const isPreflight = head.method === 'OPTIONS' && headerOf(head, 'access-control-request-method') !== null
  if (!isPreflight || corsHeaders(head, allowed).length === 0) return null
  const headers = {
    'Access-Control-Allow-Methods': methods.join(', '),
    'Access-Control-Allow-Headers': requestHeaders,
    'Access-Control-Max-Age': preflightAge,
    Vary: 'Access-Control-Request-Method, Access-Control-Request-Headers',
  }
  return new Response(null, { status: 204, headers })
}
