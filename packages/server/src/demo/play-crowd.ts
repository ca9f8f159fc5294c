import { between, type Duration, type Instant, minutes, type Sessions } from 'latchkey'
import type { CrowdSignIn } from './crowd-story.ts'
import { customerId } from './demo-user-id.ts'
import type { MovingClock } from './moving-clock.ts'

export interface CrowdStage {
  readonly sessions: Sessions
  /** The clock that `sessions` was made with. */
  readonly clock: MovingClock
  /** What happens up to an instant beside the crowd; time runs forward only. */
  readonly beforeWave: (at: Instant) => Promise<void>
  /** Told now and then how many have signed in. */
  readonly onProgress: (signedIn: number) => void
}

/** Below are the people of the story. */
const firstOfCrowd = 10_000

/** How many sign in together and share a commit. More: more memory at once, and little gain. */
const together = 512

/** How far apart in time they are at most. More: what happens beside the crowd is that much late. Less: more commits. */
const longestWave: Duration = minutes(15)

/** In sign-ins. Cleaning up as often as a server does would take longer than the sign-ins. */
const cleanupEvery = 20_000

/** One in so many signs out, or uses the session once more. */
const [signsOutOneIn, comesBackOneIn] = [12, 3]

/**
 * Lets a crowd sign in through the operations that a real application calls, on the devices that they have: what was on the same
 * device before ends by it.
 */
export async function playCrowd(story: Iterable<CrowdSignIn>, stage: CrowdStage): Promise<void> {
  const devices = new Map<string, string>()
  let signedIn = 0
  for (const wave of waves(story)) {
    if (wave[0]) await stage.beforeWave(wave[0].at)
    await Promise.all(wave.map((step, index) => signIn(step, signedIn + index, stage, devices)))
    const before = signedIn
    signedIn += wave.length
    if (Math.floor(before / cleanupEvery) !== Math.floor(signedIn / cleanupEvery)) {
      await stage.sessions.cleanupExpiredSessions()
      stage.onProgress(signedIn)
    }
  }
  await stage.sessions.cleanupExpiredSessions()
  stage.onProgress(signedIn)
}

/** No device twice in one: what it got first must be known by then. */
function* waves(story: Iterable<CrowdSignIn>): Generator<readonly CrowdSignIn[]> {
  let wave: CrowdSignIn[] = []
  const devices = new Set<string>()
  for (const step of story) {
    const first = wave[0]
    const isOver = first !== undefined && between(first.at, step.at) > longestWave
    if (isOver || wave.length === together || devices.has(step.device)) {
      yield wave
      wave = []
      devices.clear()
    }
    wave.push(step)
    devices.add(step.device)
  }
  if (wave.length > 0) yield wave
}

async function signIn(
  step: CrowdSignIn,
  number: number,
  { sessions, clock }: CrowdStage,
  devices: Map<string, string>,
): Promise<void> {
  clock.moveTo(step.at)
  const known = devices.get(step.device)
  const userId = customerId(firstOfCrowd + step.user)
  const { session, token, device } = await sessions.createSession({
    userId,
    deviceInfo: { location: step.location },
    userAgent: step.userAgent,
    clientHints: step.clientHints,
    ipAddress: step.ipAddress,
    amr: step.amr,
    deviceTokens: known === undefined ? [] : [known],
    ...(step.expiresInDays !== null && { expiresInDays: step.expiresInDays }),
  })
  if (device) devices.set(step.device, device.token)
  if (number % signsOutOneIn === 0) {
    await sessions.invalidateSession(session.id, { reason: 'logout', by: `user:${userId}`, ofUser: userId })
  } else if (number % comesBackOneIn === 0) await sessions.verifySession(token)
}
