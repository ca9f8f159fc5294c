import { expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { parsePublicUrl } from './public-address.ts'

it('https has the cookie that only the host itself can set', () => {
  expect(parsePublicUrl('https://App.Example.com:443/some/path')).toEqual({
    origin: 'https://app.example.com',
    hostname: 'app.example.com',
    allowedOrigins: new Set(),
    cookieName: '__Host-latchkey',
    secure: true,
  })
})

it.each([
  'http://localhost:4280',
  'http://127.0.0.1',
  'http://127.8.9.1:80',
  'http://[::1]:4280',
  'http://app.localhost',
])('plain http on loopback, %s, has the plain cookie', (publicUrl) => {
  expect(parsePublicUrl(publicUrl)).toMatchObject({ cookieName: 'latchkey', secure: false })
})

it.each([
  'http://example.com',
  'http://192.0.2.1',
  'http://localhost.example.com',
  'http://127.0.0.1.example.com',
  'http://notlocalhost',
  'ftp://example.com',
  'file:///etc/passwd',
  'app.example.com',
  '',
])('%j is refused: a cookie would travel in the clear', (publicUrl) => {
  expect(() => parsePublicUrl(publicUrl)).toThrow(LatchkeyError)
})
