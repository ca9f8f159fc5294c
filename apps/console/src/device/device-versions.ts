import { type DeviceInfoOnWire, deviceName } from 'latchkey/client'

/** What the name leaves out: `Chrome 142 · Android 16`; null where there is nothing to add. */
export function deviceVersions(device: DeviceInfoOnWire): string | null {
  const name = deviceName(device)
  const versions = [
    withVersion(device.browser, device.browser_version),
    withVersion(device.os, device.os_version),
  ].filter((version) => version !== null && !name.includes(version))
  return versions.length > 0 ? versions.join(' · ') : null
}

function withVersion(name: string, version: string | null): string | null {
  return name !== '' && name !== 'unknown' && version ? `${name} ${version}` : null
}
