// A process of its own, which is killed: signs people in, ends and verifies sessions, and counts them all the while.
import { createSessions, instantOf, LatchkeyError, systemClock } from 'latchkey'
import { defaultDetectors } from 'latchkey/detectors'
import { openedByWord } from './opened-by-word.ts'
import { seededRandom } from './seeded-random.ts'

const [where = '', seed = '1', operations = '1000', startedAt = '0'] = process.argv.slice(2)
const random = seededRandom(Number(seed))

/** So that hours and days pass. In milliseconds for each operation. */
const timePasses = 20_000
const callers = 16
const users = 300

/** Where the writer before it stopped: whoever goes on must not begin again in its past. */
const started = Number(startedAt)
let passed = 0
const { storage, end } = openedByWord(where)
const sessions = await createSessions({
  storage,
  secret: new Uint8Array(32).fill(7),
  detectors: defaultDetectors,
  reports: 'automatic',
  cleanup: 'by-command',
  clock: { ...systemClock, now: () => instantOf(started + passed * timePasses) },
  onBackgroundError: (error, task) => {
    process.stderr.write(`${task}: ${String(error)}\n`)
    process.exitCode = 1
  },
})

const browsers = ['Chrome', 'Firefox', 'Safari', 'Edge', '__proto__', 'curl'] as const
const tokens: { readonly id: string; readonly token: string; readonly userId: string }[] = []

async function signIn(): Promise<void> {
  const userId = `user-${random.below(users)}`
  const { session, token } = await sessions.createSession({
    userId,
    deviceInfo: { type: random.of(['desktop', 'mobile']), browser: random.of(browsers), os: 'Linux' },
    amr: random.of([['pwd'], ['pwd', 'otp'], []]),
  })
  tokens.push({ id: session.id, token, userId })
}

async function act(): Promise<void> {
  const chance = random.next()
  const known = tokens.length === 0 ? null : random.of(tokens)
  if (known === null || chance < 0.5) return signIn()
  if (chance < 0.7) await sessions.verifySession(known.token)
  else if (chance < 0.85)
    await sessions.invalidateSession(known.id, { reason: random.of(['logout', 'revoked']) })
  else if (chance < 0.9) await sessions.renewSession(known.id, { amr: ['pwd'] })
  else if (chance < 0.92) await sessions.invalidateAllUserSessions(known.userId)
  else if (chance < 0.93) await sessions.cleanupExpiredSessions()
  // A second reader beside the one in the background: of the two one wins each time.
  else if (chance < 0.95) await sessions.updateReports()
  // Whoever shows the old token 30 s later is a thief: its session ends.
  else if (chance < 0.98) await sessions.rotateSession(known.token)
  else await sessions.verifySession('no token')
}

let asked = 0
async function caller(): Promise<void> {
  while (asked < Number(operations)) {
    asked += 1
    // A database that is slow for a moment is no fault of the counting.
    await act().catch((error: unknown) => {
      if (!(error instanceof LatchkeyError && error.retryable)) throw error
    })
    passed += 1
    if (passed % 50 === 0) process.send?.({ done: passed, at: started + passed * timePasses })
  }
}

await Promise.all(Array.from({ length: callers }, caller))
process.send?.({ done: passed, at: started + passed * timePasses })
await sessions.close()
await end()
