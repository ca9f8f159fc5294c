import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf } from '../foundation/time.ts'
import { newAlertId } from './alert-id.ts'
import { formatAlertToken, isSignedFor, readAlertToken } from './alert-token.ts'

const key = new Uint8Array(32).fill(1)
const id = newAlertId()
const expiresAt = instantOf(1_790_000_000_000)
const token = formatAlertToken(key, id, 'ann', expiresAt)

function isGood(text: string, userId = 'ann', by = key): boolean {
  const claimed = readAlertToken(text)
  return claimed !== null && isSignedFor(by, claimed, userId)
}

describe('the token of a link', () => {
  it('says which alert and until when, and is good for its user', () => {
    expect(readAlertToken(token)).toMatchObject({ alertId: id, expiresAt })
    expect(isGood(token)).toBe(true)
  })

  it('is not good for another user, nor under another key, and does not hold the user', () => {
    expect(isGood(token, 'bob')).toBe(false)
    expect(isGood(token, '')).toBe(false)
    expect(isGood(token, 'ann', new Uint8Array(32).fill(2))).toBe(false)
    expect(token).not.toContain('ann')
  })

  it('is good for nothing once a character of it is another', () => {
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'abz019_-.A'), (index, character) => {
        fc.pre(token[index] !== character)
        expect(isGood(token.slice(0, index) + character + token.slice(index + 1))).toBe(false)
      }),
    )
  })

  it('of another alert or a later end is none', () => {
    const [, expiry = '', signature = ''] = token.split('.')
    expect(isGood(`${newAlertId()}.${expiry}.${signature}`)).toBe(false)
    expect(isGood(`${id}.${(expiresAt + 1).toString(36)}.${signature}`)).toBe(false)
    expect(isGood(`${id}.0${expiry}.${signature}`)).toBe(false)
  })

  it('never throws, whatever is shown in its place', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readAlertToken(value)).toBeNull()
      }),
    )
  })
})
