import { browserName, type ChosenBrowser } from './browser-name.ts'

const comment = /\([^()]*\)|\[[^[\]]*\]/g
const product = /(?:^|\s)([A-Za-z][\w-]{1,30}(?: Browser)?)\/v?(\d{1,6})[\w.]*/g

/** What stands in the headers of many browsers, and is the name of none of them. */
const parts =
  /^(?:Mozilla|AppleWebKit|WebKit\d*|KHTML|Gecko|like|Chrome|Chromium|CriOS|Firefox|FxiOS|Safari|Safria|Version|Mobile|Build|Opera|Presto|Trident|MSIE|IEMobile|Browser|Release|Profile|Configuration|MMP|NetType|Language|QtWebEngine|CEF|UWS|Electron|Goanna|Ubuntu|Fedora|Debian|Linux|Android|Darwin|CFNetwork|OS|iOS|Dalvik|rv|TV|U[23]|SP-engine|matrixstyle|NABar|JsSdk|info|main|TBS|MMWEBID|MMWEBSDK|Process|WIFI|XWEB|ABI|Weixin|Region|Channel|Vendor|Model|ArkWeb|CrKey|KaiOS|HbbTV|DeviceType|Model|SmartTvA|WebAppManager|Client)$/i

/**
 * The product that a browser made from another adds to the other's header: the last one that is no part of many
 * (`… Chrome/144.0.0.0 Safari/537.36 Some-Browser/9.3`). Null where there is none.
 */
export function productName(header: string): ChosenBrowser | null {
  if (!header.startsWith('Mozilla/')) return null
  let last: ChosenBrowser | null = null
  for (const [, name, version] of header.replace(comment, ' ').matchAll(product)) {
    if (name === undefined || version === undefined || parts.test(name)) continue
    last = { browser: browserName(name.replace(/-(?:Android|iOS)$/i, ''), null), browserVersion: version }
  }
  return last ?? closingName(header)
}

/**
 * `… Safari/604.1 Brave`, `… Safari/605.1.15 (Ecosia ios@8.1)`; `… Tesla/feature-1`; `… Mobile/15E148 Instagram 389.0`;
 * a maker's name and a window's around that of the program (`Valve Steam Client/1`).
 */
const closing = [
  /Safari\/[\d.]+ \(?([A-Z][A-Za-z]{2,20})(?: \w+@(\d{1,4}))?[^/]*$/,
  /Safari\/[\d.]+ ([A-Z][A-Za-z]{2,20})\/[A-Za-z][\w.-]*$/,
  /Mobile\/\w{1,10} ([A-Z][A-Za-z]{2,20}) (\d{1,6})\.\d/,
  /\bValve ([A-Z][A-Za-z]{2,20}) (?:Client|GameOverlay|Tenfoot)\b/,
]

function closingName(header: string): ChosenBrowser | null {
  for (const pattern of closing) {
    const [, name, version] = pattern.exec(header) ?? []
    if (name === undefined || parts.test(name)) continue
    return { browser: browserName(name, null), browserVersion: version ?? null }
  }
  return null
}
