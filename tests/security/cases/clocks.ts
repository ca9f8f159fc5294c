import { after, before, hours, instantOf, seconds, systemClock } from 'latchkey'
import { fakeClock } from 'latchkey/testing'
import { expect } from 'vitest'
import { loadSettings } from '../../../packages/server/src/configuration/load-settings.ts'
import { openProgram } from '../../../packages/server/src/program/open-program.ts'
import { newUser } from '../new-names.ts'
import type { SecurityCase } from '../security-case.ts'
import type { Settings } from '../started-store.ts'
import { timedProgram } from '../timed-program.ts'
import { twoNodes } from '../two-nodes.ts'

const day = { LATCHKEY_SESSION_LIFETIME_SECONDS: '86400', LATCHKEY_IDLE_TIMEOUT_SECONDS: '0' }
const aDay = hours(24)

/** Clocks that jump, that differ, and the nights in which an hour is missing or comes twice. */
export const clockCases: readonly SecurityCase[] = [
  {
    name: 'case 30: a clock that is put back or forward by an hour ends no session earlier or later than by that clock [ASVS 7.3.2]',
    async run(store) {
      await using timed = await timedProgram(store, day)
      const start = timed.clock.now()
      const { token } = await timed.program().sessions.createSession({ userId: newUser() })
      for (const at of [before(start, hours(1)), after(start, hours(1)), start]) {
        timed.clock.set(at)
        expect(await timed.statusOf(token)).toBe(200)
      }
      // What is created while the clock is behind lives no longer than its day from then.
      timed.clock.set(before(start, hours(1)))
      const early = await timed.program().sessions.createSession({ userId: newUser() })
      timed.clock.set(after(start, hours(23)))
      expect([await timed.statusOf(token), await timed.statusOf(early.token)]).toEqual([200, 401])
      timed.clock.set(before(after(start, aDay), seconds(1)))
      expect(await timed.statusOf(token)).toBe(200)
      timed.clock.set(after(start, aDay))
      expect(await timed.statusOf(token)).toBe(401)
      // Nor does an ended one come back where the clock does.
      await timed.program().sessions.cleanupExpiredSessions()
      timed.clock.set(start)
      expect(await timed.statusOf(token)).toBe(401)
    },
  },
  {
    name: 'case 30: in the nights in which the clocks change, a day is 24 hours [ASVS 7.3.2]',
    async run(store) {
      const zone = process.env['TZ']
      try {
        for (const [TZ, change] of changesOfClocks) {
          process.env['TZ'] = TZ
          await using timed = await timedProgram(store, day)
          const start = before(instantOf(Date.parse(change)), hours(12))
          timed.clock.set(start)
          const { token } = await timed.program().sessions.createSession({ userId: newUser() })
          await timed.reopen()
          timed.clock.set(before(after(start, aDay), seconds(1)))
          expect(await timed.statusOf(token), TZ).toBe(200)
          timed.clock.set(after(start, aDay))
          expect(await timed.statusOf(token), TZ).toBe(401)
        }
      } finally {
        if (zone === undefined) delete process.env['TZ']
        else process.env['TZ'] = zone
      }
    },
  },
  {
    name: 'case 30: nodes 5 seconds apart differ over a session by these 5 seconds and no more, and an ending holds on both at once [ASVS 7.3.2] [ASVS 7.4.1]',
    async run(store) {
      await using both = await twoNodes(store, day)
      const [slow, fast] = both.nodes
      fast.clock.set(after(slow.clock.now(), seconds(5)))
      const move = (by: number) => {
        for (const { clock } of both.nodes) clock.advance(seconds(by))
      }
      const { token } = await slow.program().sessions.createSession({ userId: newUser() })
      const ended = await fast.program().sessions.createSession({ userId: newUser() })
      for (const node of both.nodes) expect(await node.statusOf(ended.token)).toBe(200)
      // By the node that is behind: at an instant before the session began.
      await slow.program().sessions.invalidateSession(ended.session.id)
      for (const node of both.nodes) expect(await node.statusOf(ended.token)).toBe(401)
      move(86_400 - 6)
      expect([await slow.statusOf(token), await fast.statusOf(token)]).toEqual([200, 200])
      move(1)
      expect([await slow.statusOf(token), await fast.statusOf(token)]).toEqual([200, 401])
      move(5)
      expect([await slow.statusOf(token), await fast.statusOf(token)]).toEqual([401, 401])
    },
  },
  {
    name: 'case 30: a node whose clock is more than 5 seconds from that of its database does not start, and says so',
    async run(store) {
      const database = await store.newDatabase()
      const start = async (secondsOff: number) => startAndClose(database, secondsOff)
      await start(0)
      // A file has no clock of its own.
      for (const off of [-60, 60]) {
        if (store.kind === 'SQLite') await start(off)
        else await expect(start(off)).rejects.toThrow(/clock of the database is (59|60|61) s/)
      }
    },
  },
]

/** The hour that is missing, and the one that comes twice, where people live by such clocks. */
const changesOfClocks = [
  ['Europe/Berlin', '2027-03-28T01:00:00Z'],
  ['Europe/Berlin', '2027-10-31T01:00:00Z'],
  ['America/New_York', '2027-03-14T07:00:00Z'],
  ['America/New_York', '2027-11-07T06:00:00Z'],
] as const

async function startAndClose(database: Settings, secondsOff: number): Promise<void> {
  const settings = await loadSettings({
    environment: { LATCHKEY_LOCATION_TRACKING: 'off', ...database },
    workingDirectory: database['LATCHKEY_DATA_DIR'] ?? '',
  })
  const now = systemClock.now()
  const clock = fakeClock(after(now, seconds(secondsOff)))
  const program = await openProgram(settings, { clock, cleanup: 'automatic' })
  await program.close()
}
