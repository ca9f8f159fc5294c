import type { HealthResponse } from 'latchkey/client'

export function sampleHealth(changes: Partial<HealthResponse> = {}): HealthResponse {
  return {
    at: '2026-11-28T12:30:00.000Z',
    checks: [
      { name: 'database', state: 'ok', message: 'SQLite answers, and its file is private.', remedy: null },
      {
        name: 'addresses',
        state: 'warning',
        message: 'The last 100 sessions all come from one private address.',
        remedy: 'Set LATCHKEY_TRUSTED_PROXIES to the address of the reverse proxy.',
      },
      {
        name: 'rollups',
        state: 'ok',
        message: 'A recount of 400 hours agrees with the counters.',
        remedy: null,
      },
      {
        name: 'audit-chain',
        state: 'failed',
        message: 'The chain does not hold between the entries 1,204 and 1,209.',
        remedy: 'Compare the log with the head that was kept elsewhere.',
      },
    ],
    events_behind: 12,
    oldest_event_behind: '2026-11-28T12:29:00.000Z',
    cleanup: { backlog: 240, last_run: '2026-11-28T12:20:00.000Z' },
    rollups: { position: 120_345, complete_from: null },
    detectors: { position: 120_300, behind: 57 },
    ...changes,
  }
}
