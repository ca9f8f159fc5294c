import { describe, expect, it } from 'vitest'
import { homePath, ownPath } from './own-path.ts'

describe('a path to come back to', () => {
  it('keeps a path of the console with its search', () => {
    expect(ownPath('/admin/sessions?state=live&search=ada')).toBe('/admin/sessions?state=live&search=ada')
  })

  it.each([
    'https://example.org/',
    '//example.org/admin',
    '/\\example.org',
    '/\t/example.org',
    '/.//example.org',
    'javascript:alert(1)',
    'admin/sessions',
    '',
    undefined,
    7,
  ])('is home for %o, which leads elsewhere or nowhere', (text) => {
    expect(ownPath(text)).toBe(homePath)
  })

  it.each(['/', '/sign-in?from=/admin/sessions', '/setup'])('is home for the entrance %s', (text) => {
    expect(ownPath(text)).toBe(homePath)
  })
})
