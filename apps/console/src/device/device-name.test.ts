import type { DeviceInfoOnWire } from 'latchkey/client'
import { expect, it } from 'vitest'
import { browserVersion, deviceName } from './device-name.ts'

const laptop: DeviceInfoOnWire = {
  type: 'desktop',
  browser: 'Chrome',
  browser_version: '142',
  os: 'Windows',
  os_version: '11',
  location: null,
}

it.each<[Partial<DeviceInfoOnWire>, string]>([
  [{}, 'Chrome on Windows 11'],
  [{ os_version: null }, 'Chrome on Windows'],
  [{ os: 'unknown', os_version: null }, 'Chrome'],
  [{ browser: 'unknown' }, 'Unknown browser on Windows 11'],
  [{ browser: 'unknown', os: 'Tizen', os_version: '8', type: 'tv' }, 'TV (Tizen 8)'],
  [{ browser: 'unknown', os: 'unknown', type: 'tablet' }, 'Unknown tablet'],
  [{ browser: 'unknown', os: 'unknown', type: 'unknown' }, 'Unknown device'],
])('names a device as far as it is known: %o is "%s"', (known, name) => {
  expect(deviceName({ ...laptop, ...known })).toBe(name)
})

it('adds the browser’s version only where both are known', () => {
  expect(browserVersion(laptop)).toBe('Chrome 142')
  expect(browserVersion({ ...laptop, browser_version: null })).toBeNull()
  expect(browserVersion({ ...laptop, browser: 'unknown' })).toBeNull()
})
