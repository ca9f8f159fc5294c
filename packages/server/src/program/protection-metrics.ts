import type { RefusedCredential } from 'latchkey/http'
import { Counter, type Registry } from 'prom-client'
import type { ExceededLimit } from './exceeded-limits.ts'

/** What is counted of what keeps others out. */
export interface ProtectionCounts {
  /** `throttled`: answered 429, and not looked at any further. */
  countRefusal(reason: RefusedCredential | 'throttled'): void
  countExceeded(limit: ExceededLimit): void
  countRenewal(cause: (typeof causes)[number]): void
}

/** Shown from the start, so that a first one is seen as a change: Prometheus sees none in a series that only begins. */
const limits: readonly ExceededLimit[] = ['refused-credentials', 'sign-ins']
const causes = ['rotation', 'reauthentication', 'factor', 'privilege-change'] as const

export function protectionMetrics(registry: Registry): ProtectionCounts {
  const registers = [registry]
  const refused = new Map<string, number>()
  new Counter({
    name: 'latchkey_refused_credentials_total',
    help: 'Session tokens and API keys that were refused, by reason.',
    labelNames: ['reason'],
    registers,
    // Counted as plain numbers: refusals come in floods.
    collect() {
      this.reset()
      for (const [reason, count] of refused) this.inc({ reason }, count)
    },
  })
  const exceeded = new Counter({
    name: 'latchkey_rate_limits_exceeded_total',
    help: 'How often a source passed a limit: with guessed credentials once for each minute, with sign-ins for each attempt.',
    labelNames: ['limit'],
    registers,
  })
  const renewals = new Counter({
    name: 'latchkey_session_renewals_total',
    help: 'New tokens for sessions that go on, by cause.',
    labelNames: ['cause'],
    registers,
  })
  for (const limit of limits) exceeded.inc({ limit }, 0)
  for (const cause of causes) renewals.inc({ cause }, 0)
  return {
    countRefusal: (reason) => void refused.set(reason, (refused.get(reason) ?? 0) + 1),
    countExceeded: (limit) => exceeded.inc({ limit }),
    countRenewal: (cause) => renewals.inc({ cause }),
  }
}
