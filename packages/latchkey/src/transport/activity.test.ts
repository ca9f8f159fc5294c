import { expect, it } from 'vitest'
import { activityOf } from './activity.ts'

it.each<[Record<string, string>, 'user' | 'background']>([
  [{}, 'user'],
  [{ 'x-latchkey-activity': 'background' }, 'background'],
  [{ 'x-latchkey-activity': 'Background' }, 'background'],
  [{ 'x-latchkey-activity': 'user' }, 'user'],
  [{ 'x-latchkey-activity': '' }, 'user'],
  [{ 'sec-purpose': 'prefetch' }, 'background'],
  [{ 'sec-purpose': 'prefetch;prerender' }, 'background'],
  [{ 'sec-purpose': ' prefetch; anonymous-client-ip' }, 'background'],
  [{ 'sec-purpose': 'prefetched' }, 'user'],
  [{ 'sec-purpose': 'something' }, 'user'],
])('a request with %j is made by or in the %s', (headers, activity) => {
  expect(activityOf({ headers })).toBe(activity)
})
