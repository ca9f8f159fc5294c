import { userAgentSignal } from 'latchkey/signals'
import type { Contestant } from '../contestant.ts'

/** What people send: each with a place for a version, by which a header becomes one that nobody has seen. */
const templates = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/$.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/$.0.0.0 Safari/537.36 Edg/$.0.0.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/$.5 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/$.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/$.0.6099.119 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/$.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 14; SM-S918B Build/UP1A.231005.007) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/$.0 Chrome/115.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:$.0) Gecko/20100101 Firefox/$.0',
  'Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/$.1 TV Safari/537.36',
  'Mozilla/5.0 (compatible; Googlebot/$.1; +http://www.google.com/bot.html)',
]

/** The header of that number; two numbers never have the same. */
export function headerOf(index: number): string {
  const template = templates[index % templates.length] ?? ''
  return template.replaceAll('$', String(60 + Math.floor(index / templates.length)))
}

/** Reads one header after the other, as `headerAt` chooses them. */
export function readsHeaders(headerAt: (count: number) => string): Contestant {
  let count = 0
  return {
    async run(times) {
      for (let done = 0; done < times; done += 1) {
        const sensed = userAgentSignal.sense({
          userAgent: headerAt(count),
          ipAddress: null,
          clientHints: null,
        })
        if (!sensed.type) throw new Error('Wrong answer')
        count += 1
      }
    },
    async close() {},
  }
}
