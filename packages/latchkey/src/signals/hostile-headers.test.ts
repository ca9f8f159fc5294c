import { describe, expect, it } from 'vitest'
import { noFacts } from '../model/request-facts.ts'
import { checkDevice } from '../operations/session-device.ts'
import { hostileRequests } from './hostile-headers.fake.ts'
import { publicWork } from './public-patterns.ts'
import { userAgentSignal } from './user-agent.ts'
import { longestHeader } from './user-agent-header.ts'

/** What a screen, a log and a page show as it stands: letters, digits and the few signs that names have. */
const plainText = /^[\p{L}\p{N}][\p{L}\p{N} .,_+!()'/-]{0,99}$/u

const senseOf = ({ userAgent, clientHints }: (typeof hostileRequests)[number]) =>
  userAgentSignal.sense({ ...noFacts, userAgent, clientHints })

describe('of three hundred hostile headers', () => {
  it('there are three hundred, and no two are alike', () => {
    expect(new Set(hostileRequests.map((request) => JSON.stringify(request))).size).toBeGreaterThanOrEqual(
      300,
    )
  })

  it('none throws, and each makes a device that can be kept', () => {
    for (const request of hostileRequests) expect(() => checkDevice(senseOf(request))).not.toThrow()
  })

  it('none brings anything but plain text into a device', () => {
    for (const request of hostileRequests) {
      for (const value of Object.values(senseOf(request))) {
        if (value !== null) expect(value).toMatch(plainText)
      }
    }
  })

  it('none is held against more than a fraction of the patterns', () => {
    const works = hostileRequests.map(({ userAgent }) => publicWork(userAgent.slice(0, longestHeader)))
    expect(Math.max(...works)).toBeLessThan(250)
  })

  it('none is remembered under more text than the longest header and its hints may have', () => {
    const long = { userAgent: `curl/8 ${'x'.repeat(100_000)}`, clientHints: {} }
    expect(senseOf(long)).toBe(senseOf({ ...long, userAgent: `${long.userAgent}y` }))
  })
})
