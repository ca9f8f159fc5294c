import { between, type Instant, instantOf } from 'latchkey'

/** What a kind of device sends with its requests at some moment. */
export interface DemoDeviceModel {
  readonly use: 'work' | 'home' | 'phone'
  readonly weight: number
  readonly userAgent: (at: Instant) => string
  /** Chromium's browsers only; null for the others. */
  readonly clientHints: ((at: Instant) => Readonly<Record<string, string>>) | null
}

/** Both browsers bring a version every four weeks: Chrome 142 came on 28 October 2025, Firefox 145 on 11 November 2025. */
function chromiumVersion(at: Instant): number {
  return 142 + fourWeeksSince('2025-10-28', at)
}

function firefoxVersion(at: Instant): number {
  return 145 + fourWeeksSince('2025-11-11', at)
}

function fourWeeksSince(date: string, at: Instant): number {
  return Math.max(0, Math.floor(between(instantOf(Date.parse(date)), at) / (28 * 86_400_000)))
}

function chromium(
  brand: 'Google Chrome' | 'Microsoft Edge',
  system: string,
  platform: string,
  version: string,
) {
  const mobile = system.includes('Android')
  return {
    userAgent: (at: Instant): string => {
      const tail = `${mobile ? ' Mobile' : ''} Safari/537.36`
      const edge = brand === 'Microsoft Edge' ? ` Edg/${chromiumVersion(at)}.0.0.0` : ''
      return `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chromiumVersion(at)}.0.0.0${tail}${edge}`
    },
    clientHints: (at: Instant): Readonly<Record<string, string>> => ({
      'sec-ch-ua': `"Chromium";v="${chromiumVersion(at)}", "${brand}";v="${chromiumVersion(at)}", "Not_A Brand";v="99"`,
      'sec-ch-ua-mobile': mobile ? '?1' : '?0',
      'sec-ch-ua-platform': `"${platform}"`,
      'sec-ch-ua-platform-version': `"${version}"`,
    }),
  }
}

function firefox(system: string) {
  return {
    userAgent: (at: Instant): string =>
      `Mozilla/5.0 (${system}; rv:${firefoxVersion(at)}.0) Gecko/20100101 Firefox/${firefoxVersion(at)}.0`,
    clientHints: null,
  }
}

function safari(system: string, version: string, mobile: '' | 'Mobile/15E148 ') {
  return {
    userAgent: (): string =>
      `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version} ${mobile}Safari/${mobile ? '604.1' : '605.1.15'}`,
    clientHints: null,
  }
}

const windows = 'Windows NT 10.0; Win64; x64'
const mac = 'Macintosh; Intel Mac OS X 10_15_7'

/** Windows 11 says 13.0.0 or more in its platform version, Windows 10 less. */
export const demoDeviceModels: readonly [DemoDeviceModel, ...DemoDeviceModel[]] = [
  { use: 'work', weight: 30, ...chromium('Google Chrome', windows, 'Windows', '19.0.0') },
  { use: 'work', weight: 16, ...chromium('Microsoft Edge', windows, 'Windows', '19.0.0') },
  { use: 'work', weight: 5, ...chromium('Microsoft Edge', windows, 'Windows', '10.0.0') },
  { use: 'work', weight: 14, ...chromium('Google Chrome', mac, 'macOS', '26.1.0') },
  { use: 'work', weight: 6, ...firefox('X11; Linux x86_64') },
  { use: 'home', weight: 18, ...chromium('Google Chrome', windows, 'Windows', '19.0.0') },
  { use: 'home', weight: 12, ...safari(mac, '26.1', '') },
  { use: 'home', weight: 9, ...firefox(windows) },
  { use: 'home', weight: 4, ...firefox('X11; Ubuntu; Linux x86_64') },
  { use: 'home', weight: 7, ...safari('iPad; CPU OS 18_7 like Mac OS X', '26.1', 'Mobile/15E148 ') },
  {
    use: 'home',
    weight: 3,
    ...chromium('Google Chrome', 'X11; CrOS x86_64 14541.0.0', 'Chrome OS', '16433.41.0'),
  },
  {
    use: 'phone',
    weight: 34,
    ...safari('iPhone; CPU iPhone OS 18_7 like Mac OS X', '26.1', 'Mobile/15E148 '),
  },
  { use: 'phone', weight: 30, ...chromium('Google Chrome', 'Linux; Android 10; K', 'Android', '16.0.0') },
  { use: 'phone', weight: 6, ...firefoxOnAndroid() },
]

function firefoxOnAndroid() {
  return {
    userAgent: (at: Instant): string =>
      `Mozilla/5.0 (Android 16; Mobile; rv:${firefoxVersion(at)}.0) Gecko/${firefoxVersion(at)}.0 Firefox/${firefoxVersion(at)}.0`,
    clientHints: null,
  }
}
