import { afterAll, expect, it, vi } from 'vitest'
import { hostileRequests } from './hostile-headers.fake.ts'
import { longestHeader } from './user-agent-header.ts'

afterAll(() => {
  vi.doUnmock('ua-parser-js')
  vi.resetModules()
})

it('shows the parser no long header and no long number, which it takes a quarter of a second for', async () => {
  // Files share their modules: another one may have loaded the parser already, without the spy.
  vi.resetModules()
  vi.doMock('ua-parser-js', { spy: true })
  // One after the other: imported at once, each may get a module of its own.
  const { readUserAgent } = await import('./user-agent-header.ts')
  const { UAParser } = await import('ua-parser-js')
  for (const { userAgent } of hostileRequests) readUserAgent(userAgent)
  const shown = vi.mocked(UAParser).mock.calls.map(([header]) => String(header))
  expect(shown.length).toBeGreaterThan(100)
  expect(shown.filter((header) => /\d{9}/.test(header) || header.length > longestHeader)).toEqual([])
})
