/** From the parser's names to the ones that stand in the system's own settings. */
const knownAs: Readonly<Record<string, string>> = {
  'Mac OS': 'macOS',
  'Mac OS X': 'macOS',
  'ATV OS X': 'tvOS',
  WatchOS: 'watchOS',
  'Chromium OS': 'ChromeOS',
  'Chrome OS': 'ChromeOS',
  OpenHarmony: 'HarmonyOS',
  'Windows Phone OS': 'Windows Phone',
  'Windows Mobile': 'Windows Phone',
  WebOS: 'webOS',
  KAIOS: 'KaiOS',
  GNU: 'Linux',
  linux: 'Linux',
  freebsd: 'FreeBSD',
  gentoo: 'Gentoo',
  redhat: 'Red Hat',
  android: 'Android',
  Web0S: 'webOS',
  'Symbian OS': 'Symbian',
  'Symbian^3': 'Symbian',
  'Symbian^3 Anna': 'Symbian',
  'Symbian^3 Belle': 'Symbian',
  'BlackBerry OS': 'BlackBerry',
  'BlackBerry Tablet OS': 'BlackBerry Tablet',
  'RIM Tablet OS': 'BlackBerry Tablet',
  'Nokia Series 40': 'Series40',
  'Windows CE': 'Windows CE',
  'Chromecast Linux': 'Chromecast',
  'Chromecast Android': 'Chromecast',
  'Chromecast Fuchsia': 'Chromecast',
  'Chromecast SmartSpeaker': 'Chromecast',
  PLAYSTATION: 'PlayStation',
  BREW: 'Brew',
  'Brew MP': 'Brew',
  Kindle: 'Kindle',
}

const windowsVersions = new Set(['95', '98', 'ME', '2000', 'XP', 'Vista', '7', '8', '8.1'])

export function systemName(parsed: string | undefined, model: string | undefined): string | null {
  if (!parsed) return null
  if (parsed === 'iOS' && model === 'iPad') return 'iPadOS'
  return Object.hasOwn(knownAs, parsed) ? (knownAs[parsed] ?? parsed) : parsed
}

/**
 * The version where the header can be believed. Browsers froze what they say, so that one text stands for
 * many versions: Windows 10 and 11 are both "NT 10.0", each macOS since 2019 is 10.15, Chrome's Android is 10
 * for ever, Safari's iOS stops at 18.6 or 18.7. Whoever is shown a version that is not theirs fears a stranger.
 */
export function systemVersion(
  name: string | null,
  version: string | undefined,
  header: string,
): string | null {
  if (!version || name === null) return null
  if (name === 'Windows') return windowsVersions.has(version) ? version : null
  if (name === 'macOS') return /^10\.(?:\d|1[0-4])(?:\.|$)/.test(version) ? shortVersion(version) : null
  if (name === 'Android') return version === '10' || /^\d{3}/.test(version) ? null : shortVersion(version)
  // An app's header that names only the libraries of Apple's systems: what is made of them is a guess.
  if (/CFNetwork\//.test(header) && !/\bi(?:OS|Phone OS|PadOS)[ /]\d/.test(header)) return null
  if (name === 'iOS' || name === 'iPadOS') return frozenIos(version, header) ? null : shortVersion(version)
  // On phones that still run Android's programs the number is Android's.
  if (name === 'HarmonyOS' && header.includes('Android')) return null
  return name === 'ChromeOS' || name === 'Linux' ? null : shortVersion(version)
}

function frozenIos(version: string, header: string): boolean {
  return /^18\.[67]/.test(version) && !/ Version\/18\./.test(header)
}

/** `17.5` from `17.5.1` and `14` from `14.0.0`; null for what is no version. */
export function shortVersion(version: string): string | null {
  const match = /^(\d{1,5})(?:\.(\d{1,5}))?(?:\.|$)/.exec(version)
  if (!match?.[1]) return null
  return match[2] === undefined || /^0+$/.test(match[2]) ? match[1] : `${match[1]}.${match[2]}`
}
