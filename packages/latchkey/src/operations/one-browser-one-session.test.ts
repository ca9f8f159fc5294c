import fc from 'fast-check'
import { expect, it } from 'vitest'
import { milliseconds } from '../foundation/time.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { createSessions, type Sessions } from './sessions.ts'

/**
 * Browsers in which users sign in and out, whose cookies are deleted, copied by nobody, and whose devices are
 * forgotten. A browser keeps the newest token of each user, as the device cookie does.
 */

const browsers = [0, 1, 2] as const
const users = ['ada', 'bob'] as const

interface Run {
  readonly sessions: Sessions
  /** By browser, then by user. Another jar is another browser: its cookies were deleted. */
  readonly jars: Map<string, string>[]
  /** In which jar a session began. */
  readonly beganIn: Map<string, Map<string, string>>
}

type Act = (run: Run) => Promise<unknown>

const browser = fc.constantFrom(...browsers)
const user = fc.constantFrom(...users)

async function signIn({ sessions, jars, beganIn }: Run, at: number, userId: string): Promise<void> {
  const jar = jars[at] ?? new Map()
  const created = await sessions.createSession({ userId, deviceTokens: [...jar.values()] })
  beganIn.set(created.session.id, jar)
  if (created.device) jar.set(userId, created.device.token)
}

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(browser, user)
      .map(([at, who]): [string, Act] => [`${who} signs in in ${at}`, (run) => signIn(run, at, who)]),
  },
  {
    weight: 1,
    arbitrary: browser.map((at): [string, Act] => [
      `cookies of ${at} are deleted`,
      async ({ jars }) => jars.splice(at, 1, new Map()),
    ]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(user, fc.nat(5))
      .map(([who, nth]): [string, Act] => [
        `${who} forgets device ${nth}`,
        async ({ sessions }) => sessions.forgetDevice((await sessions.getDevices(who))[nth]?.id ?? ''),
      ]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(user, fc.nat(5))
      .map(([who, nth]): [string, Act] => [
        `${who} signs out of session ${nth}`,
        async ({ sessions }) =>
          sessions.invalidateSession((await sessions.getActiveSessionsByUser(who))[nth]?.id ?? ''),
      ]),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(browser, user).map(([at, who]): [string, Act] => [
      `${who} signs in in ${at} five times at once`,
      async (run) => {
        // Without a device, five at once are five new browsers for all that anybody knows.
        const [device = ''] = run.jars[at]?.get(who)?.split('.') ?? []
        if ((await run.sessions.getDevice(device)) === null) return
        await Promise.all([1, 2, 3, 4, 5].map(() => signIn(run, at, who)))
      },
    ]),
  },
)

async function judge({ sessions, beganIn }: Run): Promise<void> {
  for (const who of users) {
    const live = await sessions.getActiveSessionsByUser(who)
    expect(new Set(live.map(({ deviceId }) => deviceId)).size, 'one row a device').toBe(live.length)
    expect(new Set(live.map(({ id }) => beganIn.get(id))).size, 'one row a browser').toBe(live.length)
    const devices = await sessions.getDevices(who)
    expect(live.every(({ deviceId }) => devices.some(({ id }) => id === deviceId))).toBe(true)
  }
}

/** In milliseconds. The runs take two seconds; a busy machine is given more. */
const timeLimit = 60_000

it(
  'one browser never has two live sessions of one user, and two browsers never share one',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 25 }), async (acts) => {
        const clock = fakeClock()
        const secret = new Uint8Array(32).fill(7)
        const storage = memoryStorage()
        const sessions = await createSessions({ storage, clock, secret, cleanup: 'by-command' })
        const run: Run = { sessions, jars: browsers.map(() => new Map()), beganIn: new Map() }
        for (const [, begin] of acts) {
          clock.advance(milliseconds(1))
          await begin(run)
          await judge(run)
        }
        await sessions.close()
      }),
      { numRuns: 150 },
    )
  },
  timeLimit,
)
