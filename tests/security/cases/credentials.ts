import { createHash } from 'node:crypto'
import { expect, vi } from 'vitest'
import { oddTokens } from '../../program/odd-tokens.ts'
import { rawGet, rawRequest } from '../../raw-request.ts'
import { cookieName } from '../ask.ts'
import { inParallel } from '../in-parallel.ts'
import { newAddress } from '../new-names.ts'
import { auditEntries, expectRefused } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import { currentSession, expectAccepted, newSession, verified } from '../sessions-of-store.ts'
import type { StartedStore } from '../started-store.ts'
import { timedProgram } from '../timed-program.ts'

/** What is no token, or not a whole one, in the place of a token. */
export const credentialCases: readonly SecurityCase[] = [
  {
    name: 'case 01: no credential is refused by every path that asks for one, and nothing is read [ASVS 7.2.1]',
    async run(store) {
      const { body: document } = await store.ask({ path: '/openapi.json' })
      for (const [path, methods] of Object.entries<Record<string, { security?: object[] }>>(document.paths)) {
        for (const [method, { security }] of Object.entries(methods)) {
          const target = path.replace(/\{[^}]+\}/g, 'x')
          if (security?.length) expectRefused(await store.ask({ method: method.toUpperCase(), path: target }))
        }
      }
      await using timed = await timedProgram(store)
      const find = vi.spyOn(timed.program().storage.sessions, 'find')
      expect((await timed.send({ path: currentSession })).status).toBe(401)
      expect(find).not.toHaveBeenCalled()
    },
  },
  {
    name: 'case 02: of 10,000 odd tokens each is refused and none is an error, and one of the wrong shape is not looked up [ASVS 16.5.3]',
    async run(store) {
      const genuine = await newSession(store)
      const tokens = oddTokens(genuine.token, 10_000, 20_261_128)
      const surprises: string[] = []
      const [first] = store.urls()
      await inParallel(tokens, 32, async (token, index) => {
        const { status } = await rawRequest(first, requestWith(token, index))
        // A head over 16 KiB may be cut before its answer is read.
        const isCut = status === 0 && token.byteLength > 8 * 1_024
        if (![400, 401, 431].includes(status) && !isCut)
          surprises.push(`${status}: ${JSON.stringify(Buffer.from(token).toString('latin1'))}`)
      })
      expect(surprises).toEqual([])
      await expectAccepted(store, genuine.token)
      await expectNoLookUps(store)
    },
  },
  {
    name: 'case 03: well-formed tokens that nobody was given are refused, and a source that goes on is told to wait, once in the audit log [ASVS 16.3.3]',
    async run(store) {
      const [live, address] = [await newSession(store), newAddress()]
      const [attempts, since] = [4_000, new Date().toISOString()]
      let waits = 0
      await inParallel([...Array(attempts).keys()], 32, async () => {
        if (waits > 0) return
        const answer = await store.ask({ path: currentSession, session: inventedToken(), address })
        if (answer.status === 429) {
          waits += 1
          expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
        } else expectRefused(answer)
      })
      expect(waits).toBeGreaterThan(0)
      const limited = () => auditEntries(store, { type: 'rate-limit.exceeded', from: since })
      await expect.poll(async () => (await limited()).length, { timeout: 5_000 }).toBe(1)
      expect((await limited())[0]).toMatchObject({ event: 'excess_rate_limit_exceeded', level: 'WARN' })
      // Whoever has a session goes on from there, and a stranger from elsewhere.
      expect((await store.ask({ path: currentSession, session: live.token, address })).status).toBe(200)
      expectRefused(await store.ask({ path: currentSession, session: inventedToken() }))
    },
  },
  {
    name: 'case 04: a token with one flipped bit, truncated, in another case or with a trailing space is refused [ASVS 7.2.3]',
    async run(store) {
      const { token } = await newSession(store)
      const spoilt = [...withFlippedBits(token), token.slice(0, -1), token.slice(1), `${token} `, ` ${token}`]
      spoilt.push(token.toUpperCase(), token.toLowerCase(), swappedCase(token), `${token}A`, `${token}=`)
      await inParallel(spoilt, 16, async (one) => {
        expect(await verified(store, one), one).toBe('unknown')
      })
      const inHeaders = spoilt.filter((one) => /^[\x21-\x7e]+$/.test(one) && !/[;,"]/.test(one))
      await inParallel(inHeaders, 16, async (one, index) => {
        expectRefused(
          await store.ask({ path: currentSession, [index % 2 === 0 ? 'session' : 'bearer']: one }),
        )
      })
      for (const one of [`"${token}"`, `${token}%20`, encodeURIComponent(` ${token}`)])
        expectRefused(await store.ask({ path: currentSession, session: one }))
      await expectAccepted(store, token)
    },
  },
  {
    name: 'case 05: what the database holds of a token, in any spelling, is no token',
    async run(store) {
      const { id, token } = await newSession(store)
      const hash = createHash('sha256')
        .update(Buffer.from(token.slice(29), 'base64url'))
        .digest()
      for (const form of ['hex', 'base64', 'base64url'] as const) {
        for (const shown of [hash.toString(form), `${id}.${hash.toString(form)}`]) {
          expectRefused(await store.ask({ path: currentSession, session: shown }))
          expectRefused(await store.ask({ path: currentSession, bearer: shown }))
          expect(await verified(store, shown)).toBe('unknown')
        }
      }
      await expectAccepted(store, token)
    },
  },
]

function requestWith(token: Uint8Array, index: number): Uint8Array {
  const place: readonly [string, Uint8Array] =
    index % 3 === 0
      ? ['Authorization', Buffer.concat([Buffer.from('Bearer '), token])]
      : ['Cookie', Buffer.concat([Buffer.from(`${cookieName}=`), token])]
  const path = index % 2 === 0 ? currentSession : '/api/v1/forward-auth'
  return rawGet(path, [['X-Forwarded-For', Buffer.from(newAddress())], place])
}

async function expectNoLookUps(store: StartedStore): Promise<void> {
  await using timed = await timedProgram(store)
  const find = vi.spyOn(timed.program().storage.sessions, 'find')
  const shape = /^ses_[a-z2-7]{24}\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/
  for (const bytes of oddTokens(inventedToken(), 1_000, 7)) {
    const text = Buffer.from(bytes).toString('utf8')
    if (shape.test(text)) continue
    expect(await timed.program().sessions.verifySession(text)).toEqual({ active: false, reason: 'unknown' })
  }
  expect(find).not.toHaveBeenCalled()
}

let invented = 0

/** Of the right shape; the secret is one that nobody drew. */
function inventedToken(): string {
  invented += 1
  const digest = createHash('sha256').update(`invented ${invented}`).digest()
  const letters = [...digest].slice(0, 24).map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31])
  return `ses_${letters.join('')}.${digest.toString('base64url')}`
}

/** Each has one bit of one character turned around. */
function withFlippedBits(token: string): string[] {
  return [...token].flatMap((_, place) =>
    [1, 2, 4, 8, 16, 32, 64].map((bit) => {
      const bytes = Buffer.from(token)
      bytes[place] = (bytes[place] ?? 0) ^ bit
      return bytes.toString('latin1')
    }),
  )
}

function swappedCase(token: string): string {
  return [...token].map((one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase())).join('')
}
