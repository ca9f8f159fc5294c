import type { DeviceType } from '../model/device-info.ts'
import { browserName } from './browser-name.ts'
import { systemName } from './operating-system.ts'

/** A device in uap-core's words. */
export interface NamedDevice {
  readonly family: string
  readonly brand: string | null
  readonly model: string | null
}

/** Makers of televisions and consoles, where a system should stand: their list says that it knows no system. */
const noSystem = new Set(['Samsung', 'Sony', 'LG', 'Philips', 'Panasonic', 'VRE'])

/** Their browser by the name that Latchkey has for it; null for none. Spaces and "Browser" are not compared. */
export function browserOf(family: string): string | null {
  return comparable(browserName(family, 'iOS'))
}

/** Their system by the name that Latchkey has for it; undefined where theirs is none. */
export function systemOf(family: string): string | null | undefined {
  if (noSystem.has(family)) return undefined
  return family === 'Other' ? null : comparableSystem(systemName(family, undefined))
}

export function comparable(name: string | null): string | null {
  return name === null
    ? null
    : name
        .toLowerCase()
        .replace(/[^\p{L}\d]/gu, '')
        .replace(/browser$/, '')
}

/** They call an iPad's system iOS. */
export function comparableSystem(name: string | null): string | null {
  return comparable(name === 'iPadOS' ? 'iOS' : name)
}

/**
 * The types that their device can be of: they know makers and models and no types. Where neither tells a phone
 * from a tablet, both will do; null where the name says nothing. The first line that fits decides.
 */
const typesByName: readonly (readonly [RegExp, readonly DeviceType[] | null])[] = [
  [/^Spider\|/, ['bot']],
  [/^(?:Other|iOS-Device|HomePod|Generic)\|/, null],
  [/spider/i, ['bot']],
  [/^(?:Mac\b|MacBook|iMac|Macmini)/, ['desktop']],
  [/^Apple Watch|\bWatch\b|\|Watch\d|\bGear S|\bSM-R\d|\bGlass\b/, ['wearable']],
  [/PlayStation|Nintendo|Xbox|\bWii\b|OUYA|Dreamcast/i, ['console']],
  [
    /Generic_Inettv|\bSmart-?TV|Apple ?TV|GoogleTV|\bFire ?TV|\bAFT[A-Z]|\bBravia\b|HbbTV|NetCast|Chromecast|\bTV\b/i,
    ['tv'],
  ],
  [/^(?:iPad|Kindle Fire|Kindle\b)|Amazon.*\bKF/, ['tablet']],
  [/^(?:iPhone|iPod)|Generic (?:Feature Phone|Smartphone)/, ['mobile']],
  [
    /Generic Tablet|Generic_Android_Tablet|\bTablet\b|PlayBook|TouchPad|\bXoom\b|\bMediaPad|Transformer|IdeaTab|IdeaPad|\bNexus (?:7|9|10)\b|\bIconia\b|\bGalaxy Tab\b|\bSM-[TPX]\d{3}|\bGT-[PN](?:1|3|5|6|7|8)\d{3}(?!.*GT-N7)|\bLIFETAB/i,
    ['tablet'],
  ],
  [
    /\|(?:SonyEricsson|Siemens|DoCoMo|imobile|Sendo|Palm|Sagem|Qtek|i-mate|SprintMotoQ|Nokia|BlackBerry)\|/i,
    ['mobile'],
  ],
  [/Samsung.*\b(?:GT-[SIB]|SM-[GJAN]\d|SGH-[A-SU-Z]|SCH-[RU]|SPH-[MLDA])/i, ['mobile']],
  [/\|HTC\|(?!.*(?:Flyer|Jetstream|P51|P71|PG09|PG41))|\|Motorola\|(?!.*(?:Xoom|MZ\d))/i, ['mobile']],
  [/\|(?:CobyKyros|Yarvik|Nextbook|Ainol|Ployer|Mpman|Odys)\|/, ['tablet']],
]

export function typesOf({ family, brand, model }: NamedDevice): readonly DeviceType[] | null {
  const name = `${family}|${brand ?? ''}|${model ?? ''}`
  const found = typesByName.find(([pattern]) => pattern.test(name))
  return found ? found[1] : ['mobile', 'tablet']
}
