import { expect, it } from 'vitest'
import { parseSignInSearch } from './sign-in-search.ts'

it('keeps a known reason and an own path', () => {
  expect(parseSignInSearch({ reason: 'revoked', from: '/admin/sessions?state=live' })).toEqual({
    reason: 'revoked',
    from: '/admin/sessions?state=live',
  })
})

it('drops words that are no reason, so that a link cannot put its own on the page', () => {
  expect(parseSignInSearch({ reason: 'Call 555-0100 at once' })).toEqual({})
  expect(parseSignInSearch({ reason: 'toString' })).toEqual({})
})

it('drops a path that leads to another site, and the one where everybody lands anyway', () => {
  expect(parseSignInSearch({ from: '//example.org' })).toEqual({})
  expect(parseSignInSearch({ from: '/' })).toEqual({})
})
