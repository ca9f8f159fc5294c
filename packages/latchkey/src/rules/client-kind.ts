import type { DeviceInfo } from '../model/device-info.ts'
import type { ClientKind } from '../model/sighting.ts'

/** Libraries and tools by which programs ask, at the beginning of the header; lists of crawlers do not have them all. */
const program =
  /^(?:curl|libcurl|wget|aria2|httpie|xh|python|aiohttp|httpx|go-http-client|fasthttp|okhttp|axios|node|undici|got|superagent|deno|bun|java|apache-httpclient|jersey|jakarta|spring|reactor-?netty|vert\.x|ktor|postman\w*|insomnia|bruno|k6|jmeter|gatling|siege|ab|wrk|hey|vegeta|ruby|faraday|typhoeus|rest-client|mechanize|php|guzzle\w*|symfony|libwww-perl|lwp|perl|reqwest|hyper|ureq|rust|restsharp|\.net|powershell|winhttp|elixir|hackney|mint|req|erlang|scrapy|lua-resty-http|grpc\w*|sqlmap|hydra|nikto|nmap|masscan|zgrab)(?=[-/ ._()]|$)/i

/** Browsers under remote control say so, unless they were told not to; and runtimes that pose as one. */
const driven =
  /\bHeadless\w*|\bPhantomJS\b|\bSlimerJS\b|\bPuppeteer\b|\bPlaywright\b|\bSelenium\b|\bjsdom\/|\bHappyDOM\/|\bWindowsPowerShell\/|\bPowerShell\//i

/** As crawlers name themselves; one maker of phones is called Cubot. */
const crawler = /(?:^|[^\w.-])(?!cubot)[\w.-]*(?:bot|crawler|spider|scraper)(?![a-z])/i

/** A page inside an application: the web views of Android and iOS, what applications add to their headers, Electron. */
const webView =
  /; wv\)|\b(?:FBAN|FBAV|FB_IAB|Instagram|Line|MicroMessenger|Snapchat|Electron|ReactNative|Cordova|Capacitor)\b/
const appleWebView = /\((?:iPhone|iPad|iPod)[^)]*\) AppleWebKit\/(?!.*\b(?:Safari|CriOS|FxiOS|EdgiOS)\/)/

/** What frameworks of mobile applications say where the application says nothing. */
const application =
  /\bCFNetwork\/|^Dalvik\/|^Dart\/|\bDarwin\/\d|^(?!Mozilla\/|Opera\/)[\w .-]+\/[\w.]+ .*\b(?:iPhone|iPad|iOS|Android)\b/

const browser = /^(?:Mozilla|Opera)\/\d/

/**
 * What kind of client a request came from, by what it says of itself. Whoever wants to look like a browser does; what is
 * found here is what did not take the trouble, or had no reason to.
 */
export function clientKind(
  userAgent: string | null,
  { type, browser: name }: Pick<DeviceInfo, 'type' | 'browser'>,
): ClientKind {
  if (type === 'bot') return 'bot'
  const header = userAgent ?? ''
  if (header === '') return type !== 'unknown' && name !== 'unknown' ? 'browser' : 'unknown'
  if (program.test(header) || driven.test(header)) return 'program'
  if (crawler.test(header)) return 'bot'
  if (webView.test(header) || appleWebView.test(header) || application.test(header)) return 'app'
  return browser.test(header) ? 'browser' : 'unknown'
}
