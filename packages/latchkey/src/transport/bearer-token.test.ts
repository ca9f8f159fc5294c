import { expect, it } from 'vitest'
import { bearerToken } from './bearer-token.ts'

it.each(['Bearer abc', 'bearer abc', 'BEARER  abc', 'Bearer abc '])('%j carries a token', (header) => {
  expect(bearerToken(header)).toEqual({ kind: 'present', token: 'abc' })
})

it.each([null, '', 'Basic YTpi', 'Bearerabc', 'Digest Bearer abc', 'DPoP abc'])(
  '%j is no bearer token, and none of our business',
  (header) => {
    expect(bearerToken(header)).toEqual({ kind: 'absent' })
  },
)

it.each([
  'Bearer',
  'Bearer ',
  'Bearer a b',
  'Bearer abc, Bearer def',
  'Bearer, Bearer abc',
  'Bearer\tabc',
  'Bearer "abc"',
  'Bearer =abc',
  'Bearer å',
  'Bearer a\u00a0',
  `Bearer ${'a'.repeat(65_536)}`,
])('%j is a bearer token that cannot be', (header) => {
  expect(bearerToken(header).kind).toBe(header.startsWith('Bearer\t') ? 'absent' : 'malformed')
})
