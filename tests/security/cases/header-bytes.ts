import { expect } from 'vitest'
import { rawGet, rawRequest } from '../../raw-request.ts'
import { administrator } from '../../running-program.ts'
import { cookieName } from '../ask.ts'
import { newAddress } from '../new-names.ts'
import { expectProblem } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import { currentSession, newSession } from '../sessions-of-store.ts'
import { timedProgram } from '../timed-program.ts'

/** Addresses and cookies, as headers spell them. */
export const headerByteCases: readonly SecurityCase[] = [
  {
    name: 'case 44: an address is that of the nearest hop that is not trusted, in one spelling, whatever stands before it in the header',
    async run(store) {
      const spellings = [
        ['203.0.113.9', '203.0.113.9'],
        ['6.6.6.6, 203.0.113.9', '203.0.113.9'],
        ['127.0.0.1, 6.6.6.6, 203.0.113.9, 127.0.0.1', '203.0.113.9'],
        ['::ffff:203.0.113.9', '203.0.113.9'],
        ['::FFFF:CB00:7109', '203.0.113.9'],
        ['203.0.113.9:4711', '203.0.113.9'],
        ['6.6.6.6, 2001:0DB8:0:0:0:0:0:9', '2001:db8::9'],
        ['[2001:db8::9]:443', '2001:db8::9'],
        ['203.0.113.9, unknown', null],
        ['203.0.113.9, <script>', null],
        ['203.0.113.9, 1.2.3', null],
        ['203.0.113.9, 0x7f.1', null],
      ] as const
      const headers = { 'x-real-ip': '6.6.6.6', 'client-ip': '6.6.6.6', forwarded: 'for=6.6.6.6' }
      for (const [address, kept] of spellings) {
        const login = { method: 'POST', path: '/api/v1/auth/login', body: administrator }
        const answer = await store.ask({ ...login, address, headers })
        expect(answer.status, answer.text).toBe(200)
        expect(answer.body.session.ip_address, address).toBe(kept)
      }
    },
  },
  {
    name: 'case 44: who comes from no trusted hop is who is connected, and no header says otherwise',
    async run(store) {
      await using timed = await timedProgram(store, { LATCHKEY_TRUSTED_PROXIES: '10.0.0.0/8' })
      await timed.program().accounts.create({ ...administrator, role: 'admin' })
      const headers = { 'x-forwarded-for': '6.6.6.6', 'x-real-ip': '6.6.6.6', forwarded: 'for=6.6.6.6' }
      const login = { method: 'POST', path: '/api/v1/auth/login', body: administrator, headers }
      for (const [address, kept] of [
        ['192.0.2.44', '192.0.2.44'],
        ['::ffff:192.0.2.44', '192.0.2.44'],
        ['::ffff:10.1.1.1', '6.6.6.6'],
      ] as const) {
        const answer = await timed.send({ ...login, address })
        const { session } = (await answer.json()) as { session: { ip_address: string } }
        expect(session.ip_address, address).toBe(kept)
      }
    },
  },
  {
    name: 'regression 26: cookie headers as bytes: what resembles our name hides it no more than what stands beside it, and two of our name are refused [ASVS 3.3.3]',
    async run(store) {
      const [mine, planted] = [await newSession(store), await newSession(store)]
      const [url] = store.urls()
      const statusOf = async (before: string, after = '') => {
        const cookie = Buffer.from(`${before}${cookieName}=${mine.token}${after}`, 'latin1')
        const address = Buffer.from(newAddress())
        return (
          await rawRequest(
            url,
            rawGet(currentSession, [
              ['X-Forwarded-For', address],
              ['Cookie', cookie],
            ]),
          )
        ).status
      }
      const lookAlike = `${cookieName}=${planted.token}`
      for (const mark of ['a=b;\t', '\u00a0', '\u00c2\u00a0', '\u00ef\u00bb\u00bf', '\u0085', '\u00ad'])
        expect(await statusOf(`${mark}${lookAlike}; `), JSON.stringify(mark)).toBe(200)
      for (const beside of ['=a; ', ';;; ', 'a; ', '"a=b"; ', `a="; ${cookieName.toLowerCase()}=b"; `])
        expect(await statusOf(beside), beside).toBe(200)
      for (const [before, after] of [
        [`${lookAlike}; `, ''],
        ['', `; ${lookAlike}`],
        [`${lookAlike};`, ''],
        ['', ` ;  ${lookAlike}`],
      ] as const)
        expect(await statusOf(before, after), `${before}…${after}`).toBe(401)
      expectProblem(
        await store.ask({ path: currentSession, cookie: `${cookieName}="${mine.token}"` }),
        401,
        'unauthenticated',
      )
    },
  },
]
