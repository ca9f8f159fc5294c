import { seconds } from 'latchkey'
import { expect, it } from 'vitest'
import { mailLimiter } from './mail-limit.ts'

const clockAt = (at: { now: number }) => ({ monotonic: () => at.now })

it('so many go out under a name within the time, and more once the first is older', () => {
  const at = { now: 0 }
  const { take: may } = mailLimiter({ most: 2, within: seconds(60) }, clockAt(at))
  expect([may('ann'), may('ann'), may('ann'), may('bob')]).toEqual([true, true, false, true])
  at.now = 59_999
  expect(may('ann')).toBe(false)
  at.now = 60_000
  expect(may('ann')).toBe(true)
})

it('names are forgotten rather than kept for ever, the one that was used longest ago first', () => {
  const { take: may } = mailLimiter({ most: 1, within: seconds(60) }, clockAt({ now: 0 }))
  for (let index = 0; index <= 10_000; index += 1) may(`user-${index}`)
  expect([may('user-0'), may('user-9999')]).toEqual([true, false])
})

it('what did not go out is not counted, and neither is what was never counted', () => {
  const limiter = mailLimiter({ most: 1, within: seconds(60) }, clockAt({ now: 0 }))
  limiter.giveBack('ann')
  expect([limiter.take('ann'), limiter.take('ann')]).toEqual([true, false])
  limiter.giveBack('ann')
  expect([limiter.take('ann'), limiter.take('ann')]).toEqual([true, false])
})
