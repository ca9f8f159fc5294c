import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newDeviceId } from './device.ts'
import { deviceOfTokens, formatDeviceToken, isDeviceToken } from './device-token.ts'

const key = new Uint8Array(32).fill(7)
const id = newDeviceId('42')
const token = formatDeviceToken(key, id, '42')

describe('a device token', () => {
  it('names the device to the user that it was made for, and does not hold their id', () => {
    const ofAda = newDeviceId('ada@example.com')
    const text = formatDeviceToken(key, ofAda, 'ada@example.com')
    expect(text).toMatch(/^dev_[a-z2-7]{24}\.[A-Za-z0-9_-]{22}$/)
    expect(text).not.toContain('ada')
    expect(deviceOfTokens(key, [text], 'ada@example.com')).toBe(ofAda)
  })

  it('says nothing to another user, under another key, or with another device in it', () => {
    expect(deviceOfTokens(key, [token], '43')).toBeNull()
    expect(deviceOfTokens(new Uint8Array(32), [token], '42')).toBeNull()
    expect(deviceOfTokens(key, [token.replace(id, newDeviceId('42'))], '42')).toBeNull()
  })

  it('is found among those of others, the first of several first', () => {
    const second = newDeviceId('42')
    const others = [formatDeviceToken(key, newDeviceId('1'), '1'), 'x', 7, null, undefined, {}]
    const all = [...others, token, formatDeviceToken(key, second, '42')]
    expect(deviceOfTokens(key, all, '42')).toBe(id)
    expect(deviceOfTokens(key, [], '42')).toBeNull()
  })

  it('with any one character changed is none', () => {
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'aZ2_-.~ \0'), (at, character) => {
        fc.pre(token[at] !== character)
        const changed = token.slice(0, at) + character + token.slice(at + 1)
        expect(deviceOfTokens(key, [changed], '42')).toBeNull()
      }),
      { numRuns: 300 },
    )
  })
})

it('anything is looked at without a throw', () => {
  fc.assert(
    fc.property(fc.array(fc.anything()), (tokens) => {
      expect(deviceOfTokens(key, tokens, '42')).toBeNull()
      for (const each of tokens) expect(isDeviceToken(each)).toBe(false)
    }),
  )
  expect(isDeviceToken(token)).toBe(true)
})
