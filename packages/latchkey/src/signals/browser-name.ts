/** A browser, app or program by name; null where there is none. */
export interface ChosenBrowser {
  readonly browser: string | null
  readonly browserVersion: string | null
}

/** From the parser's names, or those of client hints, to the ones that stand on the icon. */
const knownAs: Readonly<Record<string, string>> = {
  'Mobile Safari': 'Safari',
  'Mobile Chrome': 'Chrome',
  'Chrome Mobile': 'Chrome',
  'Google Chrome': 'Chrome',
  'Chrome WebView': 'Android WebView',
  'Mobile Firefox': 'Firefox',
  'Microsoft Edge': 'Edge',
  'Microsoft Edge WebView2': 'Edge WebView2',
  IE: 'Internet Explorer',
  IEMobile: 'Internet Explorer',
  'Opera Mobi': 'Opera',
  'Opera Tablet': 'Opera',
  'Opera Touch': 'Opera',
  GSA: 'Google app',
  Yandex: 'Yandex Browser',
  YaBrowser: 'Yandex Browser',
  Whale: 'Naver Whale',
  UCBrowser: 'UC Browser',
  QQBrowser: 'QQ Browser',
  QQBrowserLite: 'QQ Browser',
  OculusBrowser: 'Meta Quest Browser',
  'Oculus Browser': 'Meta Quest Browser',
  LINE: 'Line',
  Epiphany: 'GNOME Web',
  // The names of the public list, where they differ from the parser's.
  'Chrome Mobile WebView': 'Android WebView',
  'Chrome Mobile iOS': 'Chrome',
  'Firefox Mobile': 'Firefox',
  'Firefox iOS': 'Firefox',
  'Firefox Beta': 'Firefox',
  'Firefox (Shiretoko)': 'Firefox',
  'Edge Mobile': 'Edge',
  'IE Mobile': 'Internet Explorer',
  'IE Large Screen': 'Internet Explorer',
  'Opera Mobile': 'Opera',
  'Opera Neon': 'Opera',
  'Amazon Silk': 'Silk',
  Android: 'Android Browser',
  Google: 'Google app',
  Baidu: 'Baidu Browser',
  Dragon: 'Comodo Dragon',
  HeyTap: 'HeyTap Browser',
  'AVG Secure Browser': 'AVG',
  360: '360 Secure Browser',
  115: '115 Browser',
  'Outlook-Express': 'Windows Live Mail',
  'Python Requests': 'python-requests',
  'Slack Desktop Client': 'Slack',
  HeadlessChrome: 'Chrome Headless',
  MiuiBrowser: 'MIUI Browser',
  VivoBrowser: 'Vivo Browser',
  Vivo: 'Vivo Browser',
  UCMobile: 'UC Browser',
  MicroMessenger: 'WeChat',
  'Wolvic Browser': 'Wolvic',
  OBS: 'OBS Studio',
  MullvadBrowser: 'Mullvad Browser',
  Code: 'Visual Studio Code',
  NintendoBrowser: 'Nintendo Browser',
  Shiretoko: 'Firefox',
  PHX: 'Phoenix Browser',
  KAKAOTALK: 'KakaoTalk',
  weibo: 'Weibo',
  brave: 'Brave',
  'QQ Browser Mobile': 'QQ Browser',
  'QQ Browser Mini': 'QQ Browser',
  'WeChat Browser': 'WeChat',
  'DuckDuckGo Mobile': 'DuckDuckGo',
  'BlackBerry WebKit': 'BlackBerry Browser',
  BlackBerry: 'BlackBerry Browser',
  'Go-http-client': 'Go',
  PostmanRuntime: 'Postman',
  Wget: 'wget',
  // Code names, by which apps and browsers go in headers only.
  ABB: 'Aloha Browser',
  ADG: 'AOL Desktop Gold Browser',
  AlohaBrowser: 'Aloha Browser',
  bdhonorbrowser: 'Honor Browser',
  OMI: 'Vewd Browser',
  QIHU: '360 Secure Browser',
  WindowsPowerShell: 'PowerShell',
  Teams: 'Microsoft Teams',
  musical_ly: 'TikTok',
  trill: 'TikTok',
  Barcelona: 'Threads',
  'Java-http-client': 'Java',
  'Python aiohttp': 'aiohttp',
}

/** Engines and relics that a header names when it names no browser. */
const notBrowsers = new Set([
  'WebKit',
  'Webkit',
  'KHTML',
  'Mozilla',
  'Other',
  'CFNetwork',
  'HbbTV',
  'Mobile Safari UI/WKWebView',
])

/** Elsewhere the word means no more than "some WebKit": televisions and consoles say it, too. */
const safariSystems = new Set(['macOS', 'iOS', 'iPadOS'])

/** The browser as its user would call it, or null when the name is none of a browser. */
export function browserName(parsed: string | undefined, system: string | null): string | null {
  if (!parsed || notBrowsers.has(parsed)) return null
  if (/Safari$|^Apple Mail$/.test(parsed) && !safariSystems.has(system ?? '')) return null
  return Object.hasOwn(knownAs, parsed) ? (knownAs[parsed] ?? parsed) : parsed
}

/** `142` from `142.0.7444.60`: browsers freeze the rest, and nobody knows theirs by more. */
export function majorVersion(version: string | undefined): string | null {
  return /^\d{1,6}(?![\d])/.exec(version ?? '')?.[0] ?? null
}
