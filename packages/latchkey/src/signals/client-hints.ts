import type { DeviceType } from '../model/device-info.ts'
import { browserName, majorVersion } from './browser-name.ts'
import { modelNamed } from './device-model.ts'
import { shortVersion, systemName } from './operating-system.ts'
import { type BrandVersion, readBrands, readFlag, readString, readStrings } from './structured-field.ts'
import type { SensedDevice } from './user-agent-header.ts'

/**
 * The headers that are read. The model is not asked for, as it helps to tell one person from another; host back ends
 * that have it may send it. The rest of what a browser may offer is not read.
 */
export const hintNames = [
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-ch-ua-platform-version',
  'sec-ch-ua-form-factors',
  'sec-ch-ua-model',
] as const

export type Hints = Readonly<Partial<Record<(typeof hintNames)[number], string>>>

/** What the browser says of itself in client hints wins over its `User-Agent`, which it has frozen. Garbage is passed over. */
export function withClientHints(sensed: SensedDevice, hints: Hints): SensedDevice {
  if (sensed.type === 'bot') return sensed
  const named = withModel(withPlatform(withBrand(sensed, hints), hints), hints)
  return withFormFactor(withMobile(named, hints), hints)
}

/** Browsers add a made-up brand such as `Not(A:Brand`, so that nobody relies on the list; it has these letters. */
const madeUpBrand = 'notabrand'
const plainName = /^[A-Za-z0-9][A-Za-z0-9 ._+-]{0,39}$/

function withBrand(sensed: SensedDevice, hints: Hints): SensedDevice {
  const brands = readBrands(hints['sec-ch-ua'] ?? '').filter(isRealBrand)
  const brand = brands.find((candidate) => candidate.brand !== 'Chromium') ?? brands[0]
  if (!brand) return sensed
  // Browsers that do not name themselves in hints may still do so in the older header.
  const isGeneric = brand.brand === 'Chromium' || brand.brand === 'Google Chrome'
  if (isGeneric && sensed.browser !== null && sensed.browser !== 'Chrome') return sensed
  return {
    ...sensed,
    browser: browserName(brand.brand, sensed.os),
    browserVersion: majorVersion(brand.version),
    engine: sensed.engine ?? 'Blink',
  }
}

function isRealBrand({ brand }: BrandVersion): boolean {
  return plainName.test(brand) && brand.replace(/[^A-Za-z]/g, '').toLowerCase() !== madeUpBrand
}

function withPlatform(sensed: SensedDevice, hints: Hints): SensedDevice {
  const platform = readString(hints['sec-ch-ua-platform'] ?? '')
  if (platform === null || platform === 'Unknown' || !plainName.test(platform)) return sensed
  const os = systemName(platform, undefined)
  const version = readString(hints['sec-ch-ua-platform-version'] ?? '')
  // Hints say `Linux` for each distribution; the header may know which one it is.
  const isDistribution = sensed.type === 'desktop' && sensed.os !== null && !hintedSystems.has(sensed.os)
  const name = os === 'Linux' && isDistribution ? sensed.os : os
  const known = name === sensed.os ? sensed.osVersion : null
  return { ...sensed, os: name, osVersion: platformVersion(os, version) ?? known }
}

/** Desktops send an empty one; what the header said of a phone gives way to the phone's own word. */
function withModel(sensed: SensedDevice, hints: Hints): SensedDevice {
  const model = readString(hints['sec-ch-ua-model'] ?? '')
  if (model === null || !modelText.test(model)) return sensed
  const named = modelNamed(model)
  if (named.model === null) return sensed
  const known = named.model === sensed.model ? sensed.brand : null
  return { ...sensed, ...named, brand: named.brand ?? known }
}

const modelText = /^[A-Za-z0-9][A-Za-z0-9 ._+()/-]{0,59}$/

/** Desktop systems by the names that hints have for them. */
const hintedSystems = new Set(['Windows', 'macOS', 'ChromeOS', 'Linux'])

/** Microsoft's table: 13 and more is Windows 11, 1 to 12 are the releases of Windows 10, 0 is older than both. */
function platformVersion(os: string | null, version: string | null): string | null {
  if (version === null || version === '') return null
  if (os === 'Linux' || os === 'ChromeOS') return null
  if (os !== 'Windows') return shortVersion(version)
  const major = majorVersion(version)
  if (major === null || major === '0') return null
  return Number(major) >= 13 ? '11' : '10'
}

function withMobile(sensed: SensedDevice, hints: Hints): SensedDevice {
  const isMobile = readFlag(hints['sec-ch-ua-mobile'] ?? '')
  if (isMobile === true && (sensed.type === null || sensed.type === 'desktop')) {
    return { ...sensed, type: 'mobile' }
  }
  if (isMobile !== false) return sensed
  if (sensed.os === 'Android' && sensed.type === 'mobile') return { ...sensed, type: 'tablet' }
  return sensed.type === null && hintedSystems.has(sensed.os ?? '') ? { ...sensed, type: 'desktop' } : sensed
}

/** From what a browser may call its device to the type; a device that is several is the first of these. */
const formFactors: readonly (readonly [string, DeviceType])[] = [
  ['XR', 'wearable'],
  ['Watch', 'wearable'],
  ['Automotive', 'car'],
  ['Tablet', 'tablet'],
  ['Mobile', 'mobile'],
  ['Desktop', 'desktop'],
]

/** Televisions and consoles have no word of their own among the form factors, and borrow another's. */
function withFormFactor(sensed: SensedDevice, hints: Hints): SensedDevice {
  if (sensed.type === 'tv' || sensed.type === 'console') return sensed
  const factors = readStrings(hints['sec-ch-ua-form-factors'] ?? '')
  const known = formFactors.find(([factor]) => factors.includes(factor))
  return known ? { ...sensed, type: known[1] } : sensed
}
