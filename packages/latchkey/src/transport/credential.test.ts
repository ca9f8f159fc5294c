import { expect, it } from 'vitest'
import { credentialOf } from './credential.ts'
import { parsePublicUrl } from './public-address.ts'

const address = parsePublicUrl('https://app.example.com')
const credential = (headers: Record<string, string | string[]>) => credentialOf({ headers }, address)

it('the cookie or the bearer token is taken, whichever is there', () => {
  expect(credential({ cookie: '__Host-latchkey=abc' })).toEqual({ kind: 'cookie', token: 'abc' })
  expect(credential({ authorization: 'Bearer abc' })).toEqual({ kind: 'bearer', token: 'abc' })
})

it('both together are refused, even when they are equal or the bearer token cannot be one', () => {
  expect(credential({ cookie: '__Host-latchkey=abc', authorization: 'Bearer abc' }).kind).toBe('both')
  expect(credential({ cookie: '__Host-latchkey=abc', authorization: 'Bearer' }).kind).toBe('both')
})

it('two cookies of our name are refused, in one header or in two', () => {
  expect(credential({ cookie: '__Host-latchkey=abc; __Host-latchkey=abc' }).kind).toBe('planted')
  expect(credential({ cookie: ['__Host-latchkey=abc', '__Host-latchkey=def'] }).kind).toBe('planted')
})

it('another scheme of authorization is not ours, and leaves the cookie alone', () => {
  expect(credential({ authorization: 'Basic YTpi' }).kind).toBe('none')
  expect(credential({ authorization: 'Basic YTpi', cookie: '__Host-latchkey=abc' }).kind).toBe('cookie')
})

it('the plain cookie counts for nothing over https', () => {
  expect(credential({ cookie: 'latchkey=abc' }).kind).toBe('none')
})

it('two Authorization headers are no credential', () => {
  expect(credential({ authorization: ['Bearer abc', 'Bearer def'] }).kind).toBe('malformed')
})
