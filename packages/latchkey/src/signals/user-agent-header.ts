import { UAParser } from 'ua-parser-js'
import type { DeviceType } from '../model/device-info.ts'
import { browserName, majorVersion } from './browser-name.ts'
import { crawlerName } from './crawler-name.ts'
import { deviceKind } from './device-kind.ts'
import { systemName, systemVersion } from './operating-system.ts'
import { programName } from './program-name.ts'

/** What one header says; null where it does not. */
export interface SensedDevice {
  readonly type: DeviceType | null
  readonly browser: string | null
  readonly browserVersion: string | null
  readonly os: string | null
  readonly osVersion: string | null
}

export const nothingSensed: SensedDevice = {
  type: null,
  browser: null,
  browserVersion: null,
  os: null,
  osVersion: null,
}

/** No browser's header is nearly as long; what is longer is cut before any pattern looks at it. */
export const longestHeader = 1_024

/** It gives its engine's version, which has not moved since 2018, for its own. */
const engineVersioned = 'GNOME Web'

/** What the `User-Agent` header says about a device. Never throws. */
export function readUserAgent(header: string): SensedDevice {
  const text = header.slice(0, longestHeader)
  const crawler = crawlerName(text)
  if (crawler !== null) return { ...nothingSensed, type: 'bot', browser: crawler }
  const { browser, os, device } = new UAParser(text).getResult()
  const program = device.type === undefined ? programName(text) : null
  if (program) return { ...nothingSensed, browser: program.name, browserVersion: program.version }
  const system = systemOf(text, os.name, device.model)
  const name = browserName(browser.name, system)
  return {
    type: deviceKind(device.type, system, text),
    browser: name,
    browserVersion: name === null || name === engineVersioned ? null : majorVersion(browser.version),
    os: system,
    osVersion: systemVersion(system, os.version, text),
  }
}

/** Two headers that the parser misreads: LG's televisions, spelt with a zero, and phones of the Java age. */
function systemOf(text: string, parsed: string | undefined, model: string | undefined): string | null {
  if (text.includes('Web0S')) return 'webOS'
  return text.includes('J2ME') ? null : systemName(parsed, model)
}
