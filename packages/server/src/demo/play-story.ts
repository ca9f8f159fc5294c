import { days, type Instant, type Sessions, type SignedInDevice } from 'latchkey'
import { type DemoSignIn, type DemoStep, userOfStep } from './demo-step.ts'
import { demoAdministrator } from './demo-user-id.ts'
import type { MovingClock } from './moving-clock.ts'

export interface DemoStage {
  readonly sessions: Sessions
  /** The clock that `sessions` was made with. */
  readonly clock: MovingClock
  /** By the index of the person. */
  readonly userIds: readonly string[]
  /** Told now and then how many steps have been played. */
  readonly onProgress: (played: number) => void
}

/** What the players hold in their hands of a session. */
interface Holding {
  readonly id: string
  readonly token: string
}

/** What their browsers keep, by the names of the story. */
interface Cookies {
  readonly sessions: Map<string, Holding>
  readonly devices: Map<string, SignedInDevice>
  /** Of each browser, one for each who signed in with it, by their index. */
  readonly deviceTokens: Map<string, Map<number, string>>
}

/**
 * Lets the story happen, through the operations that a real application calls. Steps of different users that
 * lie next to each other go out together and share a commit, each at its own instant.
 */
export async function playStory(story: readonly DemoStep[], stage: DemoStage): Promise<void> {
  await storyTeller(story, stage).toItsEnd()
}

/** Plays a story in pieces. */
export interface StoryTeller {
  /** What happens up to that instant and has not happened yet. */
  until(at: Instant): Promise<void>
  toItsEnd(): Promise<void>
  /** How many steps have happened. */
  played(): number
}

export function storyTeller(story: readonly DemoStep[], stage: DemoStage): StoryTeller {
  const cookies: Cookies = { sessions: new Map(), devices: new Map(), deviceTokens: new Map() }
  let done = 0
  async function playTo(end: number): Promise<void> {
    const steps = story.slice(done, end)
    await playSteps(steps, { ...stage, onProgress: (played) => stage.onProgress(done + played) }, cookies)
    done = end
  }
  return {
    until: async (at) => {
      let end = done
      while (end < story.length && (story[end]?.at ?? at) <= at) end += 1
      if (end > done) await playTo(end)
    },
    toItsEnd: () => playTo(story.length),
    played: () => done,
  }
}

async function playSteps(story: readonly DemoStep[], stage: DemoStage, cookies: Cookies): Promise<void> {
  let played = 0
  for (const wave of waves(story)) {
    // Uses are written after a while, and those of a session that ends meanwhile are dropped. In the pace of
    // real life they would be on record long before that; a cleanup is what brings them there.
    if (wave.some(endsSomething)) await stage.sessions.cleanupExpiredSessions()
    await Promise.all(
      wave.map((step) => {
        stage.clock.moveTo(step.at)
        return play(step, stage, cookies)
      }),
    )
    played += wave.length
    stage.onProgress(played)
  }
}

/** The steps in their order, cut before each that depends on one of the same cut: one of the same user, or a cleanup. */
function* waves(story: readonly DemoStep[]): Generator<readonly DemoStep[]> {
  let wave: DemoStep[] = []
  const users = new Set<number>()
  for (const step of story) {
    const user = userOfStep(step)
    if (user === null || users.has(user)) {
      if (wave.length > 0) yield wave
      wave = []
      users.clear()
    }
    wave.push(step)
    if (user !== null) users.add(user)
    else {
      yield wave
      wave = []
    }
  }
  if (wave.length > 0) yield wave
}

function endsSomething(step: DemoStep): boolean {
  return (
    step.kind === 'sign-out' || step.kind.startsWith('end-') || ('replaces' in step && step.replaces !== null)
  )
}

async function play(step: DemoStep, stage: DemoStage, cookies: Cookies): Promise<void> {
  const { sessions, userIds } = stage
  const { sessions: holdings } = cookies
  switch (step.kind) {
    case 'sign-in':
      return signIn(step, stage, cookies)
    case 'use': {
      const holding = holdings.get(step.session)
      const { ipAddress = null, userAgent = null } = step
      if (holding) await sessions.verifySession(holding.token, { ipAddress, userAgent })
      return
    }
    case 'sign-out':
      return end(step.session, 'logout', stage, cookies)
    case 'end-one':
      return end(step.session, 'revoked', stage, cookies)
    case 'end-others': {
      const userId = userIdOf(step.user, stage)
      const except = holdings.get(step.except)?.id
      await sessions.invalidateAllUserSessions(userId, { by: `user:${userId}`, ...(except && { except }) })
      return
    }
    case 'end-all':
      await sessions.invalidateAllUserSessions(userIdOf(step.user, stage), {
        by: `admin:${userIds[demoAdministrator]}`,
      })
      return
    case 'name-device':
    case 'trust-device':
    case 'look-at-device':
      return attend(step, stage, cookies)
    case 'clean-up':
      await sessions.cleanupExpiredSessions()
      await sessions.forgetEndedSessions()
      return
  }
}

async function end(
  name: string,
  reason: 'logout' | 'revoked',
  stage: DemoStage,
  { sessions: holdings }: Cookies,
): Promise<void> {
  const holding = holdings.get(name)
  const userId = userIdOf(Number(name.split('/', 1)[0]), stage)
  if (holding)
    await stage.sessions.invalidateSession(holding.id, { reason, by: `user:${userId}`, ofUser: userId })
  holdings.delete(name)
}

/** Without the sessions' option `secret` there are no devices, and nothing to attend to. */
async function attend(
  step: Extract<DemoStep, { kind: 'name-device' | 'trust-device' | 'look-at-device' }>,
  { sessions }: DemoStage,
  { devices }: Cookies,
): Promise<void> {
  const device = devices.get(step.device)
  if (device === undefined) return
  if (step.kind === 'look-at-device') await sessions.recordFingerprint(device.id, step.components)
  else if (step.kind === 'name-device') await sessions.changeDevice(device.id, { name: step.name })
  else await sessions.changeDevice(device.id, { trustedFor: days(step.days) })
}

async function signIn(step: DemoSignIn, stage: DemoStage, cookies: Cookies): Promise<void> {
  const replaced = step.replaces === null ? null : cookies.sessions.get(step.replaces)
  const shown = cookies.deviceTokens.get(step.device) ?? new Map<number, string>()
  const { session, token, device } = await stage.sessions.createSession({
    userId: userIdOf(step.user, stage),
    deviceInfo: { location: step.location },
    userAgent: step.userAgent,
    clientHints: step.clientHints,
    ipAddress: step.ipAddress,
    amr: step.amr,
    deviceTokens: [...shown.values()],
    ...(step.expiresInDays !== null && { expiresInDays: step.expiresInDays }),
    ...(replaced && { replaces: replaced.id }),
  })
  cookies.sessions.set(step.session, { id: session.id, token })
  if (!device) return
  cookies.devices.set(step.device, device)
  cookies.deviceTokens.set(step.device, shown.set(step.user, device.token))
}

function userIdOf(index: number, stage: DemoStage): string {
  const userId = stage.userIds[index]
  if (userId === undefined) throw new Error(`The story has a person ${index} whom the stage does not have.`)
  return userId
}
