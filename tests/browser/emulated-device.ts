import type { Page } from 'playwright-core'

/** What a browser says of itself, in its header and in client hints. */
export interface EmulatedDevice {
  readonly userAgent: string
  /** Null: a browser that has no client hints. */
  readonly hints: {
    readonly platform: string
    readonly platformVersion: string
    readonly mobile: boolean
    readonly formFactors: readonly string[]
  } | null
}

const desktopAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const macAgent =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const phoneAgent =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36'

const onDesktop = { mobile: false, formFactors: ['Desktop'] }
const onPhone = { mobile: true, formFactors: ['Mobile'] }

/** Browsers freeze what their header says of the system: only hints tell which release it is. */
export const windows11: EmulatedDevice = {
  userAgent: desktopAgent,
  hints: { platform: 'Windows', platformVersion: '15.0.0', ...onDesktop },
}
export const windows10: EmulatedDevice = {
  userAgent: desktopAgent,
  hints: { platform: 'Windows', platformVersion: '10.0.0', ...onDesktop },
}
export const windowsWithoutHints: EmulatedDevice = { userAgent: desktopAgent, hints: null }
export const currentMac: EmulatedDevice = {
  userAgent: macAgent,
  hints: { platform: 'macOS', platformVersion: '26.1.0', ...onDesktop },
}
export const macWithoutHints: EmulatedDevice = { userAgent: macAgent, hints: null }
export const androidPhone: EmulatedDevice = {
  userAgent: phoneAgent,
  hints: { platform: 'Android', platformVersion: '16.0.0', ...onPhone },
}
export const androidPhoneWithoutHints: EmulatedDevice = { userAgent: phoneAgent, hints: null }

/** From now on the page's requests and scripts see that device. What hints are sent is the browser's own decision. */
export async function emulate(page: Page, { userAgent, hints }: EmulatedDevice): Promise<void> {
  const protocol = await page.context().newCDPSession(page)
  const brands = [
    { brand: 'Google Chrome', version: '142' },
    { brand: 'Chromium', version: '142' },
    { brand: 'Not_A Brand', version: '99' },
  ]
  await protocol.send('Emulation.setUserAgentOverride', {
    userAgent,
    ...(hints && {
      userAgentMetadata: {
        brands,
        fullVersionList: brands.map(({ brand, version }) => ({ brand, version: `${version}.0.0.0` })),
        platform: hints.platform,
        platformVersion: hints.platformVersion,
        mobile: hints.mobile,
        formFactors: [...hints.formFactors],
        architecture: '',
        model: '',
      },
    }),
  })
}
