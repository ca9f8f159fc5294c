import { expect, it } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import { setUpFailure } from './set-up-failure.ts'

it('makes a sentence of what is wrong with a field', () => {
  const error = new ApiError('password: is too well known.', {
    status: 422,
    code: 'invalid-input',
    field: 'password',
  })
  expect(setUpFailure(error)).toBe('Password is too well known.')
})

it('says what to do about a link that is used up', () => {
  const error = new ApiError('…', { status: 410, code: 'setup-unavailable' })
  expect(setUpFailure(error)).toContain('newest')
})
