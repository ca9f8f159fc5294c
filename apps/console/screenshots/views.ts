import type { BrowserContextOptions } from 'playwright-core'

interface View {
  readonly name: string
  readonly options: BrowserContextOptions
}

const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 960 }, deviceScaleFactor: 1 }
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5 }

/** Everything that is the same in each picture. */
const visitor: BrowserContextOptions = {
  locale: 'en-GB',
  timezoneId: 'Europe/Oslo',
  reducedMotion: 'reduce',
}

export const views: readonly View[] = [
  { name: 'desktop-light', options: { ...visitor, ...desktop, colorScheme: 'light' } },
  { name: 'desktop-dark', options: { ...visitor, ...desktop, colorScheme: 'dark' } },
  { name: 'phone-light', options: { ...visitor, ...phone, colorScheme: 'light' } },
  { name: 'phone-dark', options: { ...visitor, ...phone, colorScheme: 'dark' } },
]
