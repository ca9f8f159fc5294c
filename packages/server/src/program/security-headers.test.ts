import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { docsPage } from '../routes/pages/docs-page.ts'
import { unbuiltConsolePage } from '../routes/pages/unbuilt-console-page.ts'
import { securityHeaders } from './security-headers.ts'

const ofSite = (publicUrl: string) =>
  new Headers(securityHeaders(publicUrl).map(([name, value]) => [name, value]))

describe('the headers of every answer', () => {
  it('name each directive that a browser would not take from another one', () => {
    const policy = ofSite('https://sessions.example.com').get('content-security-policy')?.split('; ')
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ]),
    )
    expect(policy?.join()).not.toMatch(/unsafe|\*|https?:|'nonce|'sha/)
  })

  it('ask for https for two years, subdomains included, and only where it is https', () => {
    expect(ofSite('https://sessions.example.com').get('strict-transport-security')).toBe(
      'max-age=63072000; includeSubDomains',
    )
    expect(ofSite('http://localhost:4280').has('strict-transport-security')).toBe(false)
  })
})

const builtConsole = fileURLToPath(new URL('../../../../apps/console/index.html', import.meta.url))
const pages: readonly (readonly [string, string])[] = [
  ['the reference', Buffer.from(docsPage.body).toString()],
  ['the console that nobody has built', Buffer.from(unbuiltConsolePage.body).toString()],
  ['the console', existsSync(builtConsole) ? readFileSync(builtConsole, 'utf8') : ''],
]

describe('the pages of the program', () => {
  it.each(pages)('%s has nothing inline, which the policy would stop', (_name, page) => {
    expect(page).toContain('<html')
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/i)
    expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+\s*=|javascript:/i)
    for (const [, source] of page.matchAll(/(?:src|href)="([^"]*)"/g)) expect(source).toMatch(/^(\/|data:)/)
  })
})
