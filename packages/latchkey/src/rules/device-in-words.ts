import { type DeviceInfo, unknownDevice } from '../model/device-info.ts'

/** `Chrome on Windows`, as far as it is known; null where nothing is. For sentences outside of the browser, such as mails. */
export function deviceInWords({ browser, os, model }: DeviceInfo): string | null {
  const isKnown = (name: string): boolean => name !== unknownDevice.browser
  const system = model ?? (isKnown(os) ? os : null)
  if (!isKnown(browser)) return system
  return system === null ? browser : `${browser} on ${system}`
}
