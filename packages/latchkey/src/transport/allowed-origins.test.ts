import { expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { parseAllowedOrigins } from './allowed-origins.ts'

it.each([
  'https://admin.example.com',
  'https://admin.example.com:8443',
  'http://localhost:5173',
  'http://127.0.0.1',
])('%s is an origin', (origin) => {
  expect(parseAllowedOrigins([origin])).toEqual(new Set([origin]))
})

it.each([
  '*',
  'null',
  '',
  'https://*.example.com',
  'https://admin.example.com/',
  'https://admin.example.com/path',
  'https://Admin.example.com',
  'https://admin.example.com:443',
  'https://user@admin.example.com',
  'http://admin.example.com',
  'http://localhost.example.com',
  'admin.example.com',
  'file://',
  'data:text/plain,x',
  ' https://admin.example.com',
])('%j is refused, as no browser writes it or nobody should trust it', (origin) => {
  expect(() => parseAllowedOrigins(['https://app.example.com', origin])).toThrow(LatchkeyError)
})
