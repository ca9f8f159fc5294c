import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addressGroup } from './address-group.ts'
import { createSignInThrottle } from './sign-in-throttle.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** Each attempt from an address of its own, so that only the account counts. */
const elsewhere = (index: number) => `198.51.100.${index}`

describe('the throttle', () => {
  it('stops an account after ten failures, for what is left of a quarter of an hour', async () => {
    const throttle = createSignInThrottle()
    for (let index = 0; index < 10; index += 1) {
      expect(await throttle.admit({ account: 'ann', ipAddress: elsewhere(index) })).toBeNull()
    }
    vi.advanceTimersByTime(300_000)
    expect(await throttle.admit({ account: 'ann', ipAddress: elsewhere(10) })).toBe(600)
    expect(await throttle.admit({ account: 'bob', ipAddress: elsewhere(10) })).toBeNull()
    vi.advanceTimersByTime(600_000)
    expect(await throttle.admit({ account: 'ann', ipAddress: elsewhere(11) })).toBeNull()
  })

  it('counts attempts before they are made, so that many at once are no way around', async () => {
    const throttle = createSignInThrottle()
    const attempts = Array.from({ length: 100 }, (_, index) =>
      throttle.admit({ account: 'ann', ipAddress: elsewhere(index) }),
    )
    expect((await Promise.all(attempts)).filter((wait) => wait === null)).toHaveLength(10)
  })

  it('stops an address after fifty failures over many accounts, and leaves those accounts alone', async () => {
    const throttle = createSignInThrottle()
    for (let index = 0; index < 50; index += 1) {
      expect(await throttle.admit({ account: `user${index}`, ipAddress: '192.0.2.7' })).toBeNull()
    }
    for (let index = 0; index < 20; index += 1) {
      expect(await throttle.admit({ account: 'ann', ipAddress: '192.0.2.7' })).toBe(900)
    }
    expect(await throttle.admit({ account: 'ann', ipAddress: '192.0.2.8' })).toBeNull()
  })

  it('forgets the failures of an account whose owner got in, and does not count good sign-ins', async () => {
    const throttle = createSignInThrottle()
    for (let index = 0; index < 200; index += 1) {
      const attempt = { account: 'ann', ipAddress: '192.0.2.7' }
      expect(await throttle.admit(attempt)).toBeNull()
      await throttle.succeeded(attempt)
    }
  })

  it('allows no account more than a hundred failures a day', async () => {
    const throttle = createSignInThrottle()
    let admitted = 0
    for (let window = 0; window < 90; window += 1) {
      for (let index = 0; index < 11; index += 1) {
        if ((await throttle.admit({ account: 'ann', ipAddress: elsewhere(index) })) === null) admitted += 1
      }
      vi.advanceTimersByTime(900_000)
    }
    expect(admitted).toBe(100)
  })
})

describe('addresses that count as one', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.7', '203.0.113.8', false],
    ['203.0.113.7', '::ffff:203.0.113.7', true],
    ['2001:db8::1', '2001:db8:0:0:ffff::9', true],
    ['2001:db8::1', '2001:db8:0:1::1', false],
    [null, 'nonsense', true],
  ])('%s and %s: %s', (one, other, same) => {
    expect(addressGroup(one) === addressGroup(other)).toBe(same)
  })
})
