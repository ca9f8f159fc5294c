import type { DeviceType } from '../model/device-info.ts'

const parsedTypes: Readonly<Record<string, DeviceType>> = {
  mobile: 'mobile',
  tablet: 'tablet',
  smarttv: 'tv',
  console: 'console',
  wearable: 'wearable',
  xr: 'wearable',
}

const consolePattern = /PlayStation|\bXbox\b|Nintendo/
const carPattern = /\bTesla\b|QtCarBrowser|\bPolestar|Android Automotive|\bAAOS\b|\bMBUX\b/
const televisionPattern =
  /\bSMART-?TV\b|\bSmartTV\b|HbbTV|\bWeb0S\b|AppleTV|\bRoku\b|\bAFT[A-Z]|CrKey|BRAVIA|Android TV|GoogleTV|\bVIDAA\b/i
const desktopSystems =
  /^(?:Windows|macOS|ChromeOS|Linux|[KXL]?ubuntu|Debian|Fedora|SUSE|openSUSE|Gentoo|Arch|Mint|CentOS|Red ?Hat|Manjaro|Deepin|.*BSD|Solaris|Haiku)$/i

/** The kind of device, or null where the header does not say. */
export function deviceKind(
  parsed: string | undefined,
  system: string | null,
  header: string,
): DeviceType | null {
  if (consolePattern.test(header)) return 'console'
  if (carPattern.test(header)) return 'car'
  if (televisionPattern.test(header)) return 'tv'
  const kind = parsed === undefined ? undefined : parsedTypes[parsed]
  if (kind) return kind
  return header.startsWith('Mozilla/') && system !== null && desktopSystems.test(system) ? 'desktop' : null
}
