import type { DeviceInfoOnWire, DeviceTypeOnWire } from 'latchkey/client'

export const deviceTypeNames: Record<DeviceTypeOnWire, string> = {
  desktop: 'Desktop',
  mobile: 'Phone',
  tablet: 'Tablet',
  tv: 'TV',
  console: 'Games console',
  wearable: 'Watch',
  car: 'Car',
  bot: 'Bot',
  unknown: 'Unknown',
}

/** What people use without a browser: that it is unknown says nothing of them. */
const browserless: ReadonlySet<DeviceTypeOnWire> = new Set(['tv', 'console', 'wearable', 'car'])

/** `Chrome on Windows 11`, as far as it is known. */
export function deviceName(device: DeviceInfoOnWire): string {
  const os = known(device.os) && [device.os, device.os_version].filter(Boolean).join(' ')
  const browser = known(device.browser)
  if (browser && os) return `${browser} on ${os}`
  if (browser) return browser
  if (os && browserless.has(device.type)) return `${deviceTypeNames[device.type]} (${os})`
  if (os) return `Unknown browser on ${os}`
  return device.type === 'unknown'
    ? 'Unknown device'
    : `Unknown ${deviceTypeNames[device.type].toLowerCase()}`
}

/** What the name leaves out: `Chrome 142`; null where there is nothing to add. */
export function browserVersion(device: DeviceInfoOnWire): string | null {
  const browser = known(device.browser)
  return browser && device.browser_version ? `${browser} ${device.browser_version}` : null
}

function known(name: string): string | null {
  return name === '' || name === 'unknown' ? null : name
}
