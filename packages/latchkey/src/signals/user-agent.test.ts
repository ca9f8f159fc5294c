import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unknownDevice } from '../model/device-info.ts'
import { noFacts } from '../model/request-facts.ts'
import { userAgentSignal } from './user-agent.ts'

const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'
const android = 'Mozilla/5.0 (Linux; Android 10; K)'

/** Type, browser, version, system, version, header; a dash stands for null. */
const table = `
desktop · Chrome · 142 · Windows · - · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
desktop · Edge · 141 · Windows · - · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0
desktop · Opera · 124 · Windows · - · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0
desktop · Vivaldi · 7 · Windows · - · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Vivaldi/7.5.3735.54
desktop · Yandex Browser · 25 · Windows · - · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0.0.0 YaBrowser/25.6.0.0 Safari/537.36
desktop · Firefox · 145 · Windows · - · Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0
desktop · Firefox · 115 · Windows · 7 · Mozilla/5.0 (Windows NT 6.1; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0
desktop · Chrome · 109 · Windows · 8.1 · Mozilla/5.0 (Windows NT 6.3; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36
desktop · Internet Explorer · 11 · Windows · - · Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko
desktop · Chrome · 142 · macOS · - · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
desktop · Safari · 26 · macOS · - · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15
desktop · Safari · 17 · macOS · - · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15
desktop · Firefox · 144 · macOS · - · Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0
desktop · Safari · 13 · macOS · 10.13 · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_13_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.2 Safari/605.1.15
desktop · Chrome · 142 · Linux · - · Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
desktop · Chrome Headless · 142 · Linux · - · Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36
desktop · Firefox · 145 · Linux · - · Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0
desktop · Firefox · 133 · Ubuntu · - · Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0
desktop · Firefox · 128 · FreeBSD · - · Mozilla/5.0 (X11; FreeBSD amd64; rv:128.0) Gecko/20100101 Firefox/128.0
desktop · Chrome · 142 · ChromeOS · - · Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
desktop · Visual Studio Code · 1 · macOS · - · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Code/1.105.1 Chrome/138.0.7204.251 Electron/37.6.0 Safari/537.36
mobile · Chrome · 142 · Android · - · Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36
mobile · Chrome · 112 · Android · 13 · Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Mobile Safari/537.36
mobile · Chrome · 99 · Android · 8.1 · Mozilla/5.0 (Linux; Android 8.1.0; SM-J730F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.4844.88 Mobile Safari/537.36
mobile · Samsung Internet · 28 · Android · - · Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36
mobile · Edge · 141 · Android · - · Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36 EdgA/141.0.0.0
mobile · Opera · 92 · Android · - · Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36 OPR/92.0.0.0
mobile · Firefox · 145 · Android · 14 · Mozilla/5.0 (Android 14; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0
mobile · Android WebView · 132 · Android · 15 · Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP4A.250205.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/132.0.6834.163 Mobile Safari/537.36
mobile · MIUI Browser · 14 · Android · 13 · Mozilla/5.0 (Linux; U; Android 13; en-gb; Redmi Note 12 Build/TKQ1) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/112.0.5615.136 Mobile Safari/537.36 XiaoMi/MiuiBrowser/14.9.0
mobile · Safari · 17 · iOS · 17.5 · Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1
mobile · Safari · 18 · iOS · 18.6 · Mozilla/5.0 (iPhone; CPU iPhone OS 18_6_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1
mobile · Safari · 26 · iOS · - · Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1
mobile · Chrome · 142 · iOS · - · Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.7444.77 Mobile/15E148 Safari/604.1
mobile · Firefox · 133 · iOS · 17.4 · Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/133.0 Mobile/15E148 Safari/605.1.15
mobile · Edge · 121 · iOS · 17 · Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 EdgiOS/121.0.2277.107 Mobile/15E148 Safari/604.1
mobile · Google app · 330 · iOS · 17.6 · Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/330.0.655 Mobile/15E148 Safari/604.1
mobile · Instagram · 334 · iOS · 17.5 · Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 334.0.4.32.98 (iPhone14,5; iOS 17_5)
mobile · Firefox · 84 · KaiOS · 3.1 · Mozilla/5.0 (Mobile; Nokia 2780 Flip; rv:84.0) Gecko/84.0 Firefox/84.0 KAIOS/3.1
mobile · unknown · - · Android · 14 · Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/UQ1A.240205.004)
tablet · Chrome · 142 · Android · - · Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
tablet · Firefox · 145 · Android · 13 · Mozilla/5.0 (Android 13; Tablet; rv:145.0) Gecko/145.0 Firefox/145.0
tablet · Safari · 16 · iPadOS · 16.7 · Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1
tablet · Silk · 138 · Android · 11 · Mozilla/5.0 (Linux; Android 11; KFTRWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/138.2.1 like Chrome/138.0.0.0 Safari/537.36
tablet · Chrome · 103 · Android · 12 · Mozilla/5.0 (Linux; Android 12; SM-X906C) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/103.0.0.0 Safari/537.36
tv · unknown · - · Tizen · 7 · Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) 94.0.4606.31/7.0 TV Safari/537.36
tv · Chrome · 120 · webOS · - · Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 WebAppManager
tv · Silk · 112 · Android · 9 · Mozilla/5.0 (Linux; Android 9; AFTMM Build/PS7633) AppleWebKit/537.36 (KHTML, like Gecko) Silk/112.5.1 like Chrome/112.0.5615.213 Safari/537.36
tv · Chrome · 110 · Chromecast · 1.56 · Mozilla/5.0 (X11; Linux armv7l) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/110.0.0.0 Safari/537.36 CrKey/1.56.500000
console · unknown · - · PlayStation · 5 · Mozilla/5.0 (PlayStation; PlayStation 5/6.50) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15
console · Edge · 44 · Xbox · - · Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edge/44.18363.8131
console · Nintendo Browser · 5 · Nintendo · - · Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/609.4 (KHTML, like Gecko) NF/6.0.2.21.3 NintendoBrowser/5.1.0.22474
wearable · Meta Quest Browser · 35 · Android · - · Mozilla/5.0 (X11; Linux x86_64; Quest 3) AppleWebKit/537.36 (KHTML, like Gecko) OculusBrowser/35.1.0.11 Chrome/126.0.6478.122 VR Safari/537.36
wearable · Samsung Internet · 2 · Android · 11 · Mozilla/5.0 (Linux; Android 11; SM-R870) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/2.0 Chrome/92.0.4515.131 Mobile Safari/537.36
car · Tesla · 2024 · Linux · - · Mozilla/5.0 (X11; GNU/Linux) AppleWebKit/537.36 (KHTML, like Gecko) Chromium/79.0.3945.130 Chrome/79.0.3945.130 Safari/537.36 Tesla/2024.14.5-abc
mobile · Viber · 22 · iOS · 17.5 · Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F79 Viber/22.1
desktop · Slack · 4 · macOS · - · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Slack/4.41.97 Chrome/130.0.6723.118 Electron/33.2.0 Safari/537.36 Sonic Slack_SSB/4.41.97
desktop · GNOME Web · - · Linux · - · Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15 Epiphany/605.1.15
mobile · Opera Mini · 7 · unknown · - · Opera/9.80 (J2ME/MIDP; Opera Mini/7.1/28.3392; U; en) Presto/2.8.119 Version/11.10
mobile · Huawei Browser · 15 · HarmonyOS · - · Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00) AppleWebKit/537.36 (KHTML, like Gecko) HuaweiBrowser/15.0 Chrome/114.0 Mobile Safari/537.36
mobile · Chrome · 114 · HarmonyOS · 5 · Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile
mobile · Instagram · 335 · Android · 14 · Mozilla/5.0 (Linux; Android 14; SM-S921B Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.6422.165 Mobile Safari/537.36 Instagram 335.0.0.39.93 Android
mobile · WeChat · 8 · iOS · 17.5 · Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/en
tablet · Chrome · 102 · iPadOS · - · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/102 Version/15.5 Safari/605.1.15
tablet · Android Browser · 2 · Android · 2.2 · Mozilla/5.0 (Linux; U; Android 2.2; de-de; MID7105SR Build/FRF85B) AppleWebKit/533.1 (KHTML, like Gecko) Version/4.0 Mobile Safari/533.1
tablet · Chrome · 90 · Android · 9 · Mozilla/5.0 (Linux; Android 9; MediaPad T5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.91 Mobile Safari/537.36
mobile · Chrome · 90 · Android · 11 · Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.91 Mobile Safari/537.36
mobile · WhatsApp · 2 · Android · 4.1 · WhatsApp/2.11.102 Android/4.1.2 Device/HUAWEI-U8510
mobile · KFC · 7 · iOS · 17.2 · KFC/7.1 (iPhone; iOS 17.2; Scale/3.00) after Quest
mobile · Xbox · 2301 · Android · 13 · Xbox/2301.1 (Linux; Android 13; Pixel 7 Build/TQ1A)
mobile · Nokia Browser · 7 · Symbian · 9.4 · Mozilla/5.0 (SymbianOS/9.4; Series60/5.0 NokiaN97-1/20.0.019; Profile/MIDP-2.1 Configuration/CLDC-1.1) AppleWebKit/525 (KHTML, like Gecko) BrowserNG/7.1.18124
mobile · Opera Mini · 4 · unknown · - · Nokia6300/2.0 (07.21) Profile/MIDP-2.0 Configuration/CLDC-1.1 Opera Mini/4.2
tv · Chrome · 87 · Android · 9 · Mozilla/5.0 (Linux; Android 9; BRAVIA 4K UR2 Build/PTT1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/87.0.4280.101 Safari/537.36
desktop · Mullvad Browser · 102 · macOS · - · Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:102.0) Gecko/20100101 MullvadBrowser/102.13.0
mobile · Internet Explorer · 8 · Windows · - · Mozilla/4.0 (compatible; MSIE 6.0; Windows CE; IEMobile 8.12; MSIEMobile 6.0)
mobile · Brave · - · iOS · 17 · Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari/604.1 Brave
mobile · Ecosia · 8 · iOS · 16.2 · Mozilla/5.0 (iPhone; CPU iPhone OS 16_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari/605.1.15 (Ecosia ios@8.1.3.72)
unknown · Yelp · 8 · iOS · - · Yelp/8.2.0 CFNetwork/709.1 Darwin/14.0.0
desktop · MyNotes · 3 · macOS · 10.13 · MyNotes/3.1 CFNetwork/893.13.1 Darwin/17.3.0 (x86_64)
unknown · curl · 8 · unknown · - · curl/8.5.0
unknown · python-requests · 2 · unknown · - · python-requests/2.32.3
unknown · okhttp · 4 · unknown · - · okhttp/4.12.0
unknown · Postman · 7 · unknown · - · PostmanRuntime/7.43.0
unknown · Go · 2 · unknown · - · Go-http-client/2.0
unknown · wget · 1 · unknown · - · Wget/1.21.4
unknown · axios · 1 · unknown · - · axios/1.7.9
unknown · MyNotes · 3 · iOS · - · MyNotes/3.1 CFNetwork/1490.0.4 Darwin/23.2.0
bot · Googlebot · - · unknown · - · Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)
bot · Googlebot · - · unknown · - · Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)
bot · bingbot · - · unknown · - · Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)
bot · FacebookBot · - · unknown · - · facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)
bot · Unheard-Of · - · unknown · - · Mozilla/5.0 (compatible; Unheard-Of/1.0; +https://example.com/about)
bot · crawler · - · unknown · - · Mozilla/5.0 (compatible; +https://example.com/about)
bot · Unheard-Of-Spider · - · unknown · - · Mozilla/5.0 (compatible; Unheard-Of-Spider/1.0)
bot · GPTBot · - · unknown · - · Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.2; +https://openai.com/gptbot
unknown · unknown · - · unknown · - · Mozilla/5.0
unknown · unknown · - · unknown · - · 
unknown · unknown · - · unknown · - · toString
`

function sensed(userAgent: string | null, clientHints: Record<string, string> | null = null) {
  return { ...unknownDevice, ...userAgentSignal.sense({ ...noFacts, userAgent, clientHints }) }
}

describe('the device of a header', () => {
  const rows = table
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' · '))
  it.each(rows)('is %s, %s %s on %s %s for %s', (...row) => {
    const userAgent = row.at(-1) ?? ''
    const expected = row.slice(0, -1).map((value) => (value === '-' ? null : value))
    const { type, browser, browserVersion, os, osVersion } = sensed(userAgent)
    expect([type, browser, browserVersion, os, osVersion]).toEqual(expected)
  })

  it('takes an iPad that poses as a Mac for one', () => {
    expect(sensed(`${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15`).type).toBe(
      'desktop',
    )
  })
})
describe('client hints', () => {
  const chromeOnWindows = `${windows} ${webKit} Chrome/142.0.0.0 Safari/537.36`
  const brands = '"Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"'

  it.each([
    ['"15.0.0"', '11'],
    ['"13.0.0"', '11'],
    ['"12.0.0"', '10'],
    ['"10.0.0"', '10'],
    ['"1.0.0"', '10'],
    ['"0.3.0"', null],
    ['""', null],
    ['15.0.0', null],
    ['"fifteen"', null],
  ])('tell the release of Windows by the platform version %s', (version, expected) => {
    const hints = { 'sec-ch-ua-platform': '"Windows"', 'sec-ch-ua-platform-version': version }
    expect(sensed(chromeOnWindows, hints).osVersion).toBe(expected)
  })

  it.each([
    ['"macOS"', '"15.6.1"', 'macOS', '15.6'],
    ['"Android"', '"16.0.0"', 'Android', '16'],
    ['"Linux"', '"6.8.0"', 'Linux', null],
    ['"Chrome OS"', '"16181.61.0"', 'ChromeOS', null],
  ])('tell the system %s with version %s', (platform, version, os, osVersion) => {
    const hints = { 'sec-ch-ua-platform': platform, 'sec-ch-ua-platform-version': version }
    expect(sensed(`${mac} ${webKit} Chrome/142.0.0.0 Safari/537.36`, hints)).toMatchObject({ os, osVersion })
  })

  it('name browsers that their header hides', () => {
    const hints = { 'sec-ch-ua': '"Brave";v="142", "Chromium";v="142", "Not?A_Brand";v="24"' }
    expect(sensed(chromeOnWindows, hints)).toMatchObject({ browser: 'Brave', browserVersion: '142' })
  })

  it('leave the more exact name of the header alone', () => {
    const vivaldi = `${chromeOnWindows} Vivaldi/7.5.3735.54`
    expect(sensed(vivaldi, { 'sec-ch-ua': brands })).toMatchObject({
      browser: 'Vivaldi',
      browserVersion: '7',
    })
  })

  it('do without a header', () => {
    const hints = { 'sec-ch-ua': brands, 'sec-ch-ua-platform': '"macOS"', 'sec-ch-ua-mobile': '?0' }
    expect(sensed(null, hints)).toMatchObject({ type: 'desktop', browser: 'Chrome', os: 'macOS' })
  })

  it('tell a phone from a tablet', () => {
    const phone = `${android} ${webKit} Chrome/142.0.0.0 Mobile Safari/537.36`
    expect(sensed(phone, { 'sec-ch-ua-mobile': '?1' }).type).toBe('mobile')
    expect(sensed(phone, { 'sec-ch-ua-mobile': '?0' }).type).toBe('tablet')
    expect(sensed(chromeOnWindows, { 'sec-ch-ua-mobile': '?1' }).type).toBe('mobile')
  })

  it.each([
    ['"Tablet"', 'tablet'],
    ['"Mobile", "XR"', 'wearable'],
    ['"Watch"', 'wearable'],
    ['"Automotive"', 'car'],
    ['"Desktop"', 'desktop'],
    ['"Fridge", "Mobile"', 'mobile'],
    ['"EInk"', 'desktop'],
    ['"Mobile", Tablet', 'desktop'],
    ['Mobile', 'desktop'],
  ])('tell the type by the form factors %s', (factors, type) => {
    expect(sensed(chromeOnWindows, { 'sec-ch-ua-form-factors': factors }).type).toBe(type)
  })

  it('make no phone of a television', () => {
    const header = `Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) ${webKit} TV Safari/537.36`
    expect(sensed(header, { 'sec-ch-ua-form-factors': '"Mobile"' }).type).toBe('tv')
  })

  it.each([
    ['sec-ch-ua', 'Chrome 142'],
    ['sec-ch-ua', '"<script>";v="1"'],
    ['sec-ch-ua', '"Google Chrome";v="142'],
    ['sec-ch-ua', `"${'x'.repeat(2_000)}";v="1"`],
    ['sec-ch-ua-platform', 'macOS'],
    ['sec-ch-ua-platform', '"Unknown"'],
    ['sec-ch-ua-platform', '"a\u0000b"'],
    ['sec-ch-ua-mobile', 'true'],
  ])('pass over the garbage %s: %s', (name, value) => {
    expect(sensed(chromeOnWindows, { [name]: value })).toEqual(sensed(chromeOnWindows))
  })

  it('make no person of a crawler', () => {
    const header = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
    expect(sensed(header, { 'sec-ch-ua': brands })).toMatchObject({ type: 'bot', browser: 'Googlebot' })
  })
})

describe('the signal', () => {
  it('leaves out what it knows nothing of', () => {
    expect(userAgentSignal.sense(noFacts)).toEqual({})
  })

  it('never throws and never gives anything but short texts, whatever it is sent', () => {
    const part = fc.constantFrom(
      'Mozilla/5.0 (',
      'Android 10; K',
      'Chrome/',
      ' Version/',
      'Mac OS X',
      '"',
      ';v=',
      ')',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3_000 }),
      fc.array(part).map((all) => all.join('')),
    )
    const hint = fc.oneof(text, fc.constantFrom('"Windows"', '?1', '"a";v="1"'))
    const hints = fc.record({
      'sec-ch-ua': hint,
      'sec-ch-ua-mobile': hint,
      'sec-ch-ua-platform': hint,
      'sec-ch-ua-platform-version': hint,
    })
    fc.assert(
      fc.property(text, hints, (userAgent, clientHints) => {
        for (const value of Object.values(sensed(userAgent, clientHints))) {
          expect(value === null || (value.length > 0 && value.length <= 500)).toBe(true)
        }
      }),
    )
  })

  it('reads no more than 1,024 characters', () => {
    const padding = ' '.repeat(1_024)
    expect(sensed(`${padding}Googlebot/2.1`)).toEqual(unknownDevice)
  })
})
