import type { UserDevice } from 'latchkey/client'

/** A laptop in Oslo that has nothing of its own. */
export function sampleDevice(changes: Partial<UserDevice> = {}): UserDevice {
  return {
    id: 'dev_a',
    name: null,
    device_info: {
      type: 'desktop',
      browser: 'Chrome',
      browser_version: '142',
      os: 'Windows',
      os_version: '11',
      location: 'Oslo, Norway',
    },
    engine: 'Blink',
    brand: null,
    model: null,
    first_seen: '2026-09-12T08:00:00.000Z',
    last_seen: '2026-11-24T04:00:00.000Z',
    trusted_until: null,
    is_current: false,
    active_sessions: 1,
    places: [],
    resembles: null,
    ...changes,
  }
}
