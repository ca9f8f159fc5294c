import { UAParser } from 'ua-parser-js'
import { expect, it, vi } from 'vitest'
import { hostileRequests } from './hostile-headers.fake.ts'
import { longestHeader, readUserAgent } from './user-agent-header.ts'

vi.mock('ua-parser-js', { spy: true })

it('shows the parser no long header and no long number, which it takes a quarter of a second for', () => {
  for (const { userAgent } of hostileRequests) readUserAgent(userAgent)
  const shown = vi.mocked(UAParser).mock.calls.map(([header]) => String(header))
  expect(shown.length).toBeGreaterThan(100)
  expect(shown.filter((header) => /\d{9}/.test(header) || header.length > longestHeader)).toEqual([])
})
