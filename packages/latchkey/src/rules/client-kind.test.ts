import { expect, it } from 'vitest'
import { unknownDevice } from '../model/device-info.ts'
import { clientKind } from './client-kind.ts'

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

it.each([
  [chrome, 'browser'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'browser'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    'browser',
  ],
  [
    'Mozilla/5.0 (Linux; Android 12; CUBOT X50) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
    'browser',
  ],
  ['Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18', 'browser'],
  [
    'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36',
    'app',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    'app',
  ],
  ['Example/3.2 CFNetwork/1494.0.7 Darwin/23.4.0', 'app'],
  ['Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/UQ1A)', 'app'],
  ['Example/3.2 (iPhone; iOS 18.6; Scale/3.00)', 'app'],
  ['Dart/3.5 (dart:io)', 'app'],
  ['curl/8.5.0', 'program'],
  ['Wget/1.21.4', 'program'],
  ['python-requests/2.32.3', 'program'],
  ['Python-urllib/3.12', 'program'],
  ['Go-http-client/2.0', 'program'],
  ['okhttp/4.12.0', 'program'],
  ['axios/1.7.9', 'program'],
  ['node', 'program'],
  ['undici', 'program'],
  ['Java/21.0.4', 'program'],
  ['Apache-HttpClient/5.3 (Java/21)', 'program'],
  ['PostmanRuntime/7.43.0', 'program'],
  ['GuzzleHttp/7', 'program'],
  [chrome.replace('Chrome/', 'HeadlessChrome/'), 'program'],
  ['Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.1682', 'program'],
  ['Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/26.0.0', 'program'],
  ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'bot'],
  ['Mozilla/5.0 (compatible; SomeNewSpider/1.0)', 'bot'],
  ['Curlew/1.0', 'unknown'],
  ['something else', 'unknown'],
  ['', 'unknown'],
  [null, 'unknown'],
])('%s is of the kind %s', (header, kind) => {
  expect(clientKind(header, unknownDevice)).toBe(kind)
})

it('what recognised a bot is believed', () => {
  expect(clientKind(chrome, { type: 'bot', browser: 'Example' })).toBe('bot')
})

it('a device that a caller states without a header is a browser, and half of one is not guessed at', () => {
  expect(clientKind(null, { type: 'desktop', browser: 'Firefox' })).toBe('browser')
  expect(clientKind(null, { type: 'desktop', browser: 'unknown' })).toBe('unknown')
})
