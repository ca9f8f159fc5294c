import { browserName, type ChosenBrowser, majorVersion } from './browser-name.ts'
import { productName } from './product-name.ts'
import { programName } from './program-name.ts'
import { publicBrowser } from './public-patterns.ts'

/** It gives its engine's version, which has not moved since 2018, for its own. */
const engineVersioned = 'GNOME Web'

/** Names of what many browsers are made of: whoever knows a better one wins. */
const generic = new Set([
  'Chrome',
  'Chromium',
  'Safari',
  'Firefox',
  'Internet Explorer',
  'Android Browser',
  'Android WebView',
  'Electron',
  'Apple Mail',
  'WebKit Nightly',
])

/**
 * The most telling of four answers: the public list, which knows most names; the parser; the header's own last
 * product, as programs and rebuilt browsers name themselves.
 */
export function chooseBrowser(
  header: string,
  parsed: { readonly name?: string | undefined; readonly version?: string | undefined },
  system: string | null,
): ChosenBrowser {
  const [, guest, version] = guestOfEdge.exec(header) ?? []
  if (guest !== undefined) return { browser: browserName(guest, system), browserVersion: version ?? null }
  const listed = publicBrowser(header)
  // The list takes each header of Android for its browser's.
  const isApp = listed?.family === 'Android' && !header.includes('AppleWebKit')
  const candidates = [
    chosen(isApp ? undefined : listed?.family, listed?.version, system),
    chosen(parsed.name, parsed.version, system),
    programName(header),
    productName(header),
  ].filter((candidate) => candidate !== null)
  const telling = candidates.find(({ browser }) => browser !== null && !generic.has(browser))
  return telling ?? candidates[0] ?? noBrowser
}

/** Whether the public list's name is more than that of a browser which many others are made of. */
export function isTellingName(name: string): boolean {
  const browser = browserName(name, null)
  return browser !== null && !generic.has(browser)
}

/** Programs that show their pages in Edge's view name themselves behind it. */
const guestOfEdge = /\bEdg\/[\d.]+ (Teams|Outlook|OneOutlook|Copilot)\/(\d+)/

const noBrowser: ChosenBrowser = { browser: null, browserVersion: null }

function chosen(
  name: string | undefined,
  version: string | undefined,
  system: string | null,
): ChosenBrowser | null {
  const browser = browserName(name?.replace(/[-_](?:Android|iOS)$/, ''), system)
  if (browser === null) return null
  return { browser, browserVersion: browser === engineVersioned ? null : majorVersion(version) }
}
