import type { HealthCheckOnWire } from 'latchkey/client'

/** How all checks together stand: as the worst of them. */
export function standingOf(checks: readonly Pick<HealthCheckOnWire, 'state'>[]): 'failed' | 'warning' | 'ok' {
  if (checks.some(({ state }) => state === 'failed')) return 'failed'
  return checks.some(({ state }) => state === 'warning') ? 'warning' : 'ok'
}
