import { seconds } from 'latchkey'
import { fakeClock } from 'latchkey/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRefusalLimiter } from './refusal-limiter.ts'

const clock = fakeClock()
let exceeded: string[]
let reasons: Map<string, number>

beforeEach(() => {
  vi.useFakeTimers()
  exceeded = []
  reasons = new Map()
})
afterEach(() => {
  vi.useRealTimers()
})

function limiter() {
  return createRefusalLimiter({
    clock,
    onExceeded: (source, refused) => exceeded.push(`${source} ${refused}`),
    onRefused: (reason) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1),
  })
}

/** As the API asks: whether to wait, and if not, that it was refused. */
async function guess(refusals: ReturnType<typeof limiter>, source: string): Promise<number | null> {
  const wait = refusals.admit(source)
  if (wait === null) refusals.refused(source, 'unknown')
  await Promise.resolve()
  return wait
}

async function guesses(refusals: ReturnType<typeof limiter>, source: string, count: number) {
  const waits: (number | null)[] = []
  for (let index = 0; index < count; index += 1) waits.push(await guess(refusals, source))
  return waits
}

function passTime(by: number): void {
  vi.advanceTimersByTime(by * 1_000)
  clock.advance(seconds(by))
}

describe('refused credentials', () => {
  it('are answered 120 times a minute for each source, and then it has to wait for the rest of the minute', async () => {
    const refusals = limiter()
    const waits = await guesses(refusals, '192.0.2.1', 120)
    expect(waits.every((wait) => wait === null)).toBe(true)
    passTime(20)
    expect(await guess(refusals, '192.0.2.1')).toBe(40)
    expect(await guess(refusals, '192.0.2.2')).toBeNull()
    passTime(39)
    expect(await guess(refusals, '192.0.2.1')).toBe(1)
    passTime(1)
    expect(await guess(refusals, '192.0.2.1')).toBeNull()
  })

  it('are told of once for each source and while, and counted by reason, those that are told to wait as well', async () => {
    const refusals = limiter()
    await guesses(refusals, '2001:db8::/64', 300)
    expect(exceeded).toEqual(['2001:db8::/64 120'])
    expect(Object.fromEntries(reasons)).toEqual({ unknown: 120, throttled: 180 })
    passTime(61)
    await guesses(refusals, '2001:db8::/64', 300)
    expect(exceeded).toHaveLength(2)
  })

  it('that were good once are never too many', async () => {
    const refusals = limiter()
    for (let index = 0; index < 500; index += 1) {
      for (const reason of ['expired', 'revoked', 'pending'] as const) refusals.refused('192.0.2.1', reason)
    }
    await Promise.resolve()
    expect(refusals.admit('192.0.2.1')).toBeNull()
    expect(exceeded).toEqual([])
  })

  it('at once are one flood, and told of once', async () => {
    const refusals = limiter()
    for (let index = 0; index < 500; index += 1) refusals.refused('192.0.2.1', 'api-key')
    await Promise.resolve()
    expect(refusals.admit('192.0.2.1')).toBe(60)
    expect(exceeded).toEqual(['192.0.2.1 120'])
  })
})
