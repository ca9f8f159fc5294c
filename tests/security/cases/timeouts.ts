import { hours, minutes, seconds } from 'latchkey'
import { expect } from 'vitest'
import { newUser } from '../new-names.ts'
import type { SecurityCase } from '../security-case.ts'
import { type TimedProgram, timedProgram } from '../timed-program.ts'

const idleMinutes = 15
const idle = { LATCHKEY_IDLE_TIMEOUT_SECONDS: String(idleMinutes * 60) }
const day = { LATCHKEY_SESSION_LIFETIME_SECONDS: '86400', LATCHKEY_IDLE_TIMEOUT_SECONDS: '7200' }

/** Requests that no person made, as clients, browsers and streams say so. */
const madeByNobody: readonly Readonly<Record<string, string>>[] = [
  { 'x-latchkey-activity': 'background' },
  { 'x-latchkey-activity': 'Background' },
  { 'sec-purpose': 'prefetch' },
  { 'sec-purpose': 'prefetch;prerender' },
]

/** Time that passes: on the server, whatever the browser makes of it. */
export const timeoutCases: readonly SecurityCase[] = [
  {
    name: 'case 26: a second before the idle timeout a request is answered, and once it and the minute of grace are over it is refused [ASVS 7.3.1] [NIST 5.2]',
    async run(store) {
      await using timed = await timedProgram(store, idle)
      for (const reopened of [false, true]) {
        const token = await signedIn(timed)
        timed.clock.advance(seconds(idleMinutes * 60 - 1))
        expect(await timed.statusOf(token)).toBe(200)
        timed.clock.advance(seconds(idleMinutes * 60 - 1))
        expect(await timed.statusOf(token)).toBe(200)
        if (reopened) await timed.reopen()
        // Uses are written down once a minute: that much later it may be, and never earlier.
        timed.clock.advance(seconds(idleMinutes * 60 + 60))
        expect(await timed.statusOf(token)).toBe(401)
      }
    },
  },
  {
    name: 'case 27, regression 03: a session that is used all the time is over at its absolute limit, also after restarts [ASVS 7.3.2] [ASVS 10.4.8] [NIST 5.2]',
    async run(store) {
      await using timed = await timedProgram(store, day)
      const token = await signedIn(timed)
      for (let hour = 1; hour < 24; hour += 1) {
        timed.clock.advance(hours(1))
        expect(await timed.statusOf(token), `after ${hour} hours`).toBe(200)
        if (hour % 8 === 0) await timed.reopen()
      }
      timed.clock.advance(seconds(3_599))
      expect(await timed.statusOf(token)).toBe(200)
      timed.clock.advance(seconds(1))
      expect(await timed.statusOf(token)).toBe(401)
      await timed.reopen()
      expect(await timed.statusOf(token)).toBe(401)
    },
  },
  {
    name: 'case 28: polling and prefetching do not put off the idle timeout, a person does; DBSC is not offered, and its headers do nothing [NIST 5.2]',
    async run(store) {
      await using timed = await timedProgram(store, idle)
      for (const headers of madeByNobody) {
        const [polled, used] = [await signedIn(timed), await signedIn(timed)]
        for (let step = 0; step < 3; step += 1) {
          timed.clock.advance(minutes(5))
          expect(await timed.statusOf(polled, headers)).toBe(200)
          expect(await timed.statusOf(used)).toBe(200)
        }
        timed.clock.advance(minutes(2))
        expect([await timed.statusOf(polled, headers), await timed.statusOf(used)]).toEqual([401, 200])
      }
      const headers = { 'secure-session-skipped': 'unreachable', 'sec-secure-session-id': 'x' }
      const path = '/api/v1/security/sessions/current'
      const answer = await timed.send({ path, session: await signedIn(timed), headers })
      expect([...answer.headers.keys()].filter((name) => /secure-session/.test(name))).toEqual([])
    },
  },
  {
    name: 'case 29: what a browser makes of Max-Age and Expires changes no deadline [ASVS 7.3.1] [ASVS 7.3.2] [NIST 5.1.1]',
    async run(store) {
      await using timed = await timedProgram(store, day)
      const token = await signedIn(timed)
      const path = '/api/v1/security/sessions/current'
      const edited = `latchkey=${token}; Max-Age=99999999; Expires=Fri, 31 Dec 9999 23:59:59 GMT`
      expect((await timed.send({ path, headers: { cookie: edited } })).status).toBe(200)
      timed.clock.advance(hours(2))
      timed.clock.advance(minutes(1))
      expect((await timed.send({ path, headers: { cookie: edited } })).status).toBe(401)
      const before = await timed.program().sessions.verifySession(token)
      expect(before).toEqual({ active: false, reason: 'expired' })
    },
  },
]

async function signedIn(timed: TimedProgram): Promise<string> {
  return (await timed.program().sessions.createSession({ userId: newUser() })).token
}
