import type { DeviceInfoOnWire } from 'latchkey/client'
import { expect, it } from 'vitest'
import { deviceVersions } from './device-versions.ts'

const laptop: DeviceInfoOnWire = {
  type: 'desktop',
  browser: 'Chrome',
  browser_version: '142',
  os: 'Windows',
  os_version: '11',
  location: null,
}

it.each<[Partial<DeviceInfoOnWire>, string | null]>([
  [{}, 'Chrome 142'],
  [{ type: 'mobile', os: 'Android', os_version: '16' }, 'Chrome 142 · Android 16'],
  [{ browser_version: null }, null],
  [{ browser: 'unknown' }, null],
  [{ os: 'unknown', browser_version: null }, null],
])('adds the versions that are known and not in the name: of %o it is "%s"', (known, versions) => {
  expect(deviceVersions({ ...laptop, ...known })).toBe(versions)
})
