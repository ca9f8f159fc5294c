import type { Sessions } from 'latchkey'
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

/** What the players hold in their hands. */
interface Holding {
  readonly id: string
  readonly token: string
}

/**
 * Lets the story happen, through the operations that a real application calls. Steps of different users that
 * lie next to each other go out together and share a commit, each at its own instant.
 */
export async function playStory(story: readonly DemoStep[], stage: DemoStage): Promise<void> {
  const holdings = new Map<string, Holding>()
  let played = 0
  for (const wave of waves(story)) {
    // Uses are written after a while, and those of a session that ends meanwhile are dropped. In the pace of
    // real life they would be on record long before that; a cleanup is what brings them there.
    if (wave.some(endsSomething)) await stage.sessions.cleanupExpiredSessions()
    await Promise.all(
      wave.map((step) => {
        stage.clock.moveTo(step.at)
        return play(step, stage, holdings)
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

async function play(step: DemoStep, stage: DemoStage, holdings: Map<string, Holding>): Promise<void> {
  const { sessions, userIds } = stage
  switch (step.kind) {
    case 'sign-in':
      return signIn(step, stage, holdings)
    case 'use': {
      const holding = holdings.get(step.session)
      if (holding) await sessions.verifySession(holding.token)
      return
    }
    case 'sign-out':
      return end(step.session, 'logout')
    case 'end-one':
      return end(step.session, 'revoked')
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
    case 'clean-up':
      await sessions.cleanupExpiredSessions()
      await sessions.forgetEndedSessions()
      return
  }

  async function end(name: string, reason: 'logout' | 'revoked'): Promise<void> {
    const holding = holdings.get(name)
    const userId = userIdOf(userOfStep(step) ?? 0, stage)
    if (holding)
      await sessions.invalidateSession(holding.id, { reason, by: `user:${userId}`, ofUser: userId })
    holdings.delete(name)
  }
}

async function signIn(step: DemoSignIn, stage: DemoStage, holdings: Map<string, Holding>): Promise<void> {
  const replaced = step.replaces === null ? null : holdings.get(step.replaces)
  const { session, token } = await stage.sessions.createSession({
    userId: userIdOf(step.user, stage),
    deviceInfo: { location: step.location },
    userAgent: step.userAgent,
    clientHints: step.clientHints,
    ipAddress: step.ipAddress,
    amr: step.amr,
    ...(step.expiresInDays !== null && { expiresInDays: step.expiresInDays }),
    ...(replaced && { replaces: replaced.id }),
  })
  holdings.set(step.session, { id: session.id, token })
}

function userIdOf(index: number, stage: DemoStage): string {
  const userId = stage.userIds[index]
  if (userId === undefined) throw new Error(`The story has a person ${index} whom the stage does not have.`)
  return userId
}
