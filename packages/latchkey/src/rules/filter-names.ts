/** The usual names of browsers and systems, as lists show them. Others are written as they are shown. */
const usualNames = [
  'Android',
  'Android WebView',
  'Brave',
  'Chrome',
  'ChromeOS',
  'DuckDuckGo',
  'Edge',
  'Fedora',
  'Firefox',
  'Internet Explorer',
  'iOS',
  'iPadOS',
  'Linux',
  'macOS',
  'Opera',
  'Safari',
  'Samsung Internet',
  'Ubuntu',
  'unknown',
  'Vivaldi',
  'Windows',
] as const

const spelling: ReadonlyMap<string, string> = new Map(usualNames.map((name) => [name.toLowerCase(), name]))

/** `chrome` is `Chrome`, `macos` is `macOS`; a name that is not usual is itself. */
export function usualSpelling(name: string): string {
  return spelling.get(name.toLowerCase()) ?? name
}
