import type { NewSession } from 'latchkey'

const browsers = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
]

const places = [
  'Oslo, Norway',
  'Berlin, Germany',
  'São Paulo, Brazil',
  'Nairobi, Kenya',
  'Osaka, Japan',
  null,
]

/** Somebody as they come to a real application: two sessions each, a browser, an address, a place. */
export function signIn(index: number): NewSession {
  return {
    userId: `2f1c8a4e-7b0d-4c36-9e5f-${String(Math.floor(index / 2)).padStart(12, '0')}`,
    userAgent: userAgentOf(index),
    ipAddress: `2001:db8:${(index % 65_536).toString(16)}:${(index % 977).toString(16)}::1`,
    deviceInfo: { location: places[index % places.length] ?? null },
    amr: ['pwd', 'otp'],
  }
}

/** A hundred-odd browsers and versions that many have, and one in twenty of those that few have. */
function userAgentOf(index: number): string {
  if (index % 20 === 0)
    return `ExampleApp/4.${index % 1_000} (Android 14; SM-S${900 + (index % 80)}B; en_GB) okhttp/4.12.0`
  const browser = browsers[index % browsers.length] ?? ''
  return browser.replaceAll('142.0.0.0', `${110 + (index % 33)}.0.0.0`)
}
