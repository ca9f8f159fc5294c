import { expect, it } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import { signInFailure, waitingTime } from './sign-in-failure.ts'

it('says how long to wait, and that the wait is over', () => {
  const throttled = new ApiError('Slow down.', {
    status: 429,
    code: 'too-many-attempts',
    retryAfterSeconds: 43,
  })
  expect(signInFailure(throttled, 43)).toBe('Too many attempts. Try again in 43 seconds.')
  expect(signInFailure(throttled, 0)).toBe('You can try again now.')
})

it('tells wrong credentials, a lost connection and a server in trouble apart', () => {
  const wrong = new ApiError('…', { status: 401, code: 'invalid-credentials' })
  const lost = new ApiError('…', { status: 0, code: 'network' })
  const down = new ApiError('…', { status: 503, code: 'storage-unavailable' })
  expect(signInFailure(wrong, 0)).toContain('wrong')
  expect(signInFailure(lost, 0)).toContain('connection')
  expect(signInFailure(down, 0)).toContain('shortly')
})

it('counts a long wait in minutes', () => {
  expect(waitingTime(1)).toBe('1 second')
  expect(waitingTime(90)).toBe('90 seconds')
  expect(waitingTime(601)).toBe('11 minutes')
})
