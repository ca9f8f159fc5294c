import type { BrowserContextOptions } from 'playwright-core'

type ViewName = 'desktop-light' | 'desktop-dark' | 'phone-light' | 'phone-dark'

interface View {
  readonly name: ViewName
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

const views: readonly View[] = [
  { name: 'desktop-light', options: { ...visitor, ...desktop, colorScheme: 'light' } },
  { name: 'desktop-dark', options: { ...visitor, ...desktop, colorScheme: 'dark' } },
  { name: 'phone-light', options: { ...visitor, ...phone, colorScheme: 'light' } },
  { name: 'phone-dark', options: { ...visitor, ...phone, colorScheme: 'dark' } },
]

/** What is not listed is shown once on a desktop and once on a phone. */
const shownIn: Readonly<Record<string, readonly ViewName[]>> = {
  'settings-security': views.map(({ name }) => name),
  'settings-security-device-menu': ['desktop-light'],
  'settings-security-rename': ['desktop-dark'],
  'settings-security-forget': ['phone-light'],
  'settings-security-consent': ['phone-dark'],
  'settings-security-confirm': ['desktop-light'],
  'settings-security-password': ['desktop-dark'],
  'settings-security-activity': ['desktop-light', 'phone-dark'],
  'admin-sessions': views.map(({ name }) => name),
  'admin-sessions-filtered': ['desktop-light'],
  'admin-sessions-devices': ['desktop-dark'],
  'admin-overview': views.map(({ name }) => name),
  'admin-overview-lower': ['desktop-light', 'phone-dark'],
  'admin-analytics': ['desktop-dark', 'phone-light'],
  'admin-user': ['desktop-light', 'phone-dark'],
  'admin-health': ['desktop-light'],
  'admin-policy': ['desktop-light', 'phone-dark'],
  'admin-audit': ['desktop-light', 'phone-dark'],
  'admin-sessions-suggestions': ['desktop-dark'],
  'admin-sessions-bulk': ['desktop-light', 'phone-dark'],
  'admin-alerts': views.map(({ name }) => name),
  'admin-detectors-backtest': ['desktop-light'],
  'admin-sessions-finding': ['phone-light'],
}

/** In which views a page is shown: the two that people spend their time on in each, a state of them in one. */
export function viewsOf(page: string): readonly View[] {
  const names = shownIn[page] ?? ['desktop-light', 'phone-dark']
  return views.filter(({ name }) => names.includes(name))
}
