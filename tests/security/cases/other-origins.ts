import { expect } from 'vitest'
import { homePath, ownPath } from '../../../apps/console/src/layout/own-path.ts'
import { parseSignInSearch } from '../../../apps/console/src/sign-in/sign-in-search.ts'
import type { SecurityCase } from '../security-case.ts'
import { ownSessions } from '../sessions-of-store.ts'
import { publicUrl } from '../started-store.ts'
import { timedProgram } from '../timed-program.ts'

/** Where answers lead, and whose pages may read them. */
export const otherOriginCases: readonly SecurityCase[] = [
  {
    name: 'case 39: a path to come back to after the sign-in leads to our own pages only, and the program itself follows none [ASVS 3.7.2]',
    async run(store) {
      for (const place of elsewhere) {
        expect(ownPath(place), place).toBe(homePath)
        expect(parseSignInSearch({ from: place, return_to: place }), place).toEqual({})
        const query = new URLSearchParams({ from: place, return_to: place, next: place, redirect: place })
        for (const path of ['/', '/sign-in', '/setup', '/settings/security']) {
          const headers = { accept: 'text/html' }
          const { headers: answered } = await store.ask({ path: `${path}?${query}`, headers })
          expect(answered.location, path).toBeUndefined()
        }
      }
      // What is left of line ends and odd slashes is a path of ours all the same.
      for (const place of [
        '/admin\r\nSet-Cookie: a=b',
        '/admin\\..\\..\\evil.example',
        '/admin/..//evil.example',
      ]) {
        const path = ownPath(place)
        expect(path).not.toMatch(/[\r\n\t]/)
        expect(new URL(path, publicUrl).origin).toBe(publicUrl)
      }
    },
  },
  {
    name: 'case 40: a preflight from an origin that is not listed, however alike, is granted nothing; a listed one is granted itself alone [ASVS 3.4.2] [ASVS 3.5.2]',
    async run(store) {
      const listed = 'https://shop.example.com'
      await using timed = await timedProgram(store, { LATCHKEY_ALLOWED_ORIGINS: listed })
      for (const origin of unlisted) {
        for (const asked of [{ 'access-control-request-method': 'DELETE' }, {}]) {
          const method = 'access-control-request-method' in asked ? 'OPTIONS' : 'GET'
          const answer = await timed.send({
            method,
            path: ownSessions,
            headers: { Origin: origin, ...asked },
          })
          const granted = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))
          expect(granted, origin).toEqual([])
        }
      }
      const headers = { Origin: listed, 'access-control-request-method': 'DELETE' }
      const answer = await timed.send({ method: 'OPTIONS', path: ownSessions, headers })
      expect(answer.headers.get('access-control-allow-origin')).toBe(listed)
      expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
      expect(answer.headers.get('vary')).toMatch(/Origin/)
    },
  },
]

const elsewhere = [
  '//evil.example',
  '\\\\evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '///evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https://evil.example',
  'HTTPS://evil.example',
  '//evil.example%2f@sessions.example.com',
  '/\t/evil.example',
  '/\r\n/evil.example',
  '\r\n//evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
  'data:text/html,a',
  '@evil.example',
  '.evil.example',
  '/sign-in?from=//evil.example',
]

const unlisted = [
  'https://evil.example.net',
  'null',
  'https://shop.example.com.evil.net',
  'https://evilshop.example.com',
  'http://shop.example.com',
  'https://shop.example.com:444',
  'https://SHOP.example.com',
  'https://shop.example.com/',
  'https://shop.example.com https://evil.example.net',
  'https://a.shop.example.com',
]
