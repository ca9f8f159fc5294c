import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hasDotSegments } from './dot-segments.ts'

it.each([
  '/..',
  '/a/../b',
  '/a/./b',
  '/a/.',
  '/%2e%2e/a',
  '/.%2E',
  '/%2e',
  '/a\\..\\b',
  'http://a/../b',
  '//..',
])('%s names another path than it seems to', (target) => expect(hasDotSegments(target)).toBe(true))

it.each([
  '/',
  '/a',
  '/a.b',
  '/...',
  '/..a/b..',
  '/.well-known/x',
  '/a?b=/../c',
  '/a#/../',
  '/a%2f..%2fb',
  '/%252e%252e/',
])('%s is what it seems to be', (target) => expect(hasDotSegments(target)).toBe(false))

it('a path without them comes through the parser as it is', () => {
  const piece = fc.constantFrom('a', '.', '%2e', '%2E', '/', '//', '..', '-', '%2f', '%')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const path = `/${pieces.join('')}`
      const isKept = new URL(`http://localhost${path}`).pathname === path
      expect(hasDotSegments(path)).toBe(!isKept)
    }),
  )
})
