import { describe, expect, it } from 'vitest'
import { LatchkeyError } from '../../foundation/errors.ts'
import { storageError } from './storage-error.ts'

function withCode(code: string): Error {
  return Object.assign(new Error('password=secret at 192.0.2.1'), { code })
}

describe('what the driver throws', () => {
  it.each([
    ['08006', 'storage-unavailable'],
    ['57P01', 'storage-unavailable'],
    ['53300', 'storage-unavailable'],
    ['28P01', 'storage-unavailable'],
    ['3D000', 'storage-unavailable'],
    ['25006', 'storage-unavailable'],
    ['58030', 'storage-unavailable'],
    ['ECONNREFUSED', 'storage-unavailable'],
    ['EPIPE', 'storage-unavailable'],
    ['40001', 'storage-busy'],
    ['40P01', 'storage-busy'],
    ['55P03', 'storage-busy'],
    ['57014', 'storage-busy'],
    ['XX001', 'storage-corrupt'],
    ['42501', 'storage-failed'],
    ['42P01', 'storage-failed'],
    ['23505', 'storage-failed'],
  ])('%s is %s, and none of its words are shown', (state, code) => {
    const error = storageError(withCode(state))
    expect(error.code).toBe(code)
    expect(error.message).not.toMatch(/secret|192/)
  })

  it('a broken connection without a code is a database that is away, a mistake of ours is not', () => {
    expect(storageError(new Error('Connection terminated unexpectedly')).code).toBe('storage-unavailable')
    expect(storageError(new TypeError('x is not a function')).code).toBe('storage-failed')
  })

  it('an error of the library stays what it is', () => {
    const error = new LatchkeyError('closed', 'The storage is closed.')
    expect(storageError(error)).toBe(error)
  })
})
