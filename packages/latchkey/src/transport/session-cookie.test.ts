import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { after, days, instantOf, milliseconds } from '../foundation/time.ts'
import { parsePublicUrl } from './public-address.ts'
import { clearingCookie, clearingCookiesOfAllScopes, cookieValues, sessionCookie } from './session-cookie.ts'

const name = '__Host-latchkey'
const nbsp = '\u00a0'
const now = instantOf(1_700_000_000_000)
const https = parsePublicUrl('https://app.example.com')
const loopback = parsePublicUrl('http://127.0.0.1:4280')

describe('of a Cookie header', () => {
  it.each<[string, string, readonly string[]]>([
    ['the value of our name', `${name}=abc`, ['abc']],
    ['the value among others', `a=1; ${name}=abc; b=2`, ['abc']],
    ['the value without spaces between', `a=1;${name}=abc;b=2`, ['abc']],
    ['both of two', `${name}=abc; ${name}=def`, ['abc', 'def']],
    ['both of two that are equal', `${name}=abc; ${name}=abc`, ['abc', 'abc']],
    ['an empty value', `${name}=`, ['']],
    ['a quoted value with its quotes', `${name}="abc"`, ['"abc"']],
    ['an encoded value as it is', `${name}=%61bc`, ['%61bc']],
    ['a value with an equals sign', `${name}=a=b`, ['a=b']],
    ['nothing of another name', 'session=abc', []],
    ['nothing of our name without a value', name, []],
    ['nothing behind U+00A0', `${nbsp}${name}=abc`, []],
    ['nothing before U+00A0', `${name}${nbsp}=abc`, []],
    ['nothing behind a tab', `\t${name}=abc`, []],
    ['nothing before a tab', `${name}\t=abc`, []],
    ['nothing before a space', `${name} =abc`, []],
    ['nothing behind a byte order mark', `\ufeff${name}=abc`, []],
    ['nothing behind a vertical tab', `\v${name}=abc`, []],
    ['nothing in capitals', `${name.toUpperCase()}=abc`, []],
    ['nothing of a longer name', `x${name}=abc; ${name}x=def`, []],
    ['nothing of the plain name', 'latchkey=abc', []],
    ['nothing of the name in a value', `a=${name}=abc`, []],
    ['nothing of a name behind a comma', `a=1, ${name}=abc`, []],
    ['nothing of an empty name', `=${name}=abc`, []],
    ['the good one beside look-alikes', `${nbsp}${name}=evil; ${name}=abc; \t${name}=evil`, ['abc']],
    ['nothing of an empty header', '', []],
    ['nothing of separators', ';;; ; =;', []],
    ['nothing of names that objects have', '__proto__=abc; constructor=def', []],
  ])('it takes %s', (_, header, expected) => {
    expect(cookieValues(header, name)).toEqual(expected)
  })

  it('of any make it takes what a plain reading of all pairs takes', () => {
    const piece = fc.constantFrom(name, '=', ';', ' ', '; ', '\t', 'abc', '"', ',', nbsp, 'x')
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const header = pieces.join('')
        const pairs = header.split(';').map((pair) => pair.replace(/^ +/, ''))
        const own = pairs.filter((pair) => pair.startsWith(`${name}=`))
        const values = own.map((pair) => pair.slice(name.length + 1).replace(/^[ \t]+|[ \t]+$/g, ''))
        expect(cookieValues(header, name)).toEqual(values)
      }),
      { numRuns: 1_000 },
    )
  })

  it('that is absent it takes nothing', () => {
    expect(cookieValues(null, name)).toEqual([])
  })
})

it('over https the cookie is for this host, this scheme and no script', () => {
  expect(sessionCookie('ses_a.b', after(now, days(30)), now, https)).toBe(
    '__Host-latchkey=ses_a.b; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Lax',
  )
})

it('on loopback the cookie has no prefix and is not Secure', () => {
  expect(sessionCookie('ses_a.b', after(now, days(1)), now, loopback)).toBe(
    'latchkey=ses_a.b; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax',
  )
})

it('the cookie never outlives the deadline by a rounded second, and a past deadline is no negative age', () => {
  expect(sessionCookie('t', after(now, milliseconds(1_999)), now, https)).toContain('Max-Age=1;')
  expect(sessionCookie('t', after(now, milliseconds(-5_000)), now, https)).toContain('Max-Age=0;')
})

it('clearing names the same cookie with the same attributes', () => {
  expect(clearingCookie(https)).toBe('__Host-latchkey=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax')
})

it('clearing in all scopes goes up the domains to which a sibling can set a cookie', () => {
  const domains = (publicUrl: string) =>
    clearingCookiesOfAllScopes(parsePublicUrl(publicUrl)).map((text) => /Domain=([^;]+)/.exec(text)?.[1])
  expect(domains('https://a.app.example.com')).toEqual([
    undefined,
    'a.app.example.com',
    'app.example.com',
    'example.com',
  ])
  expect(domains('http://localhost:4280')).toEqual([undefined])
  expect(domains('http://127.0.0.1:4280')).toEqual([undefined])
  expect(domains('http://[::1]:4280')).toEqual([undefined])
})
