import { before, days, type Instant } from 'latchkey'
import type { Program } from '../program/open-program.ts'
import { crowdStory } from './crowd-story.ts'
import { type DemoPlan, demoStory } from './demo-story.ts'
import { accountCount, customerId, demoAdministrator, demoEmail } from './demo-user-id.ts'
import { castSize, incidentStory, prologueDays } from './incident-story.ts'
import type { MovingClock } from './moving-clock.ts'
import { playCrowd } from './play-crowd.ts'
import { storyTeller } from './play-story.ts'
import { tendAlerts } from './tend-alerts.ts'

export interface DemoFilling {
  /** Opened with `clock`, which stands at `startOf` the plan. */
  readonly program: Program
  readonly clock: MovingClock
  readonly plan: Omit<DemoPlan, 'policy'>
  /** How many times people beside those of the story sign in, ten times each on average. */
  readonly crowd: number
  /** Of every account that is made. */
  readonly password: string
  readonly onProgress: (done: number, total: number) => void
}

/** What keeps the demonstration out, in words; null when the database is empty. */
export async function whatIsThere({ sessions, accounts }: Program): Promise<string | null> {
  const { created } = await sessions.getTotals()
  if (created > 0) return `${created} ${created === 1 ? 'session' : 'sessions'}`
  const { length } = await accounts.list()
  return length === 0 ? null : `${length} ${length === 1 ? 'account' : 'accounts'}`
}

/** Sessions that each of the crowd has on average, over all the days. */
const sessionsEach = 10

/** Where the clock has to stand at first. */
export function startOf({ endsAt, days: length }: Pick<DemoPlan, 'endsAt' | 'days'>): Instant {
  return before(endsAt, days(length + prologueDays))
}

/** How many people there are in all. */
export function peopleIn(plan: Pick<DemoPlan, 'users' | 'days'>, crowd: number): number {
  return plan.users + castSize(plan) + (crowd === 0 ? 0 : crowdSize(crowd))
}

/** How many people sign in that often in all. */
function crowdSize(sessions: number): number {
  return Math.max(1, Math.round(sessions / sessionsEach))
}

/** Makes the accounts, lets everything happen that the plan leads to, and counts it for reports. */
export async function fillDemo(filling: DemoFilling): Promise<void> {
  const { program, clock, plan, crowd, onProgress } = filling
  const { sessions } = program
  const story = [...demoStory({ ...plan, policy: sessions.policy }), ...incidentStory(plan)].sort(
    (a, b) => a.at - b.at,
  )
  const userIds = await makeUsers(filling)
  const total = crowd + story.length
  let signedIn = 0
  const told = storyTeller(story, {
    sessions,
    clock,
    userIds,
    onProgress: (played) => onProgress(signedIn + played, total),
  })
  if (crowd > 0) {
    await playCrowd(crowdStory({ ...plan, sessions: crowd, users: crowdSize(crowd) }), {
      sessions,
      clock,
      beforeWave: told.until,
      onProgress: (count) => {
        signedIn = count
        onProgress(signedIn + told.played(), total)
      },
    })
  }
  await told.toItsEnd()
  clock.moveTo(plan.endsAt)
  await sessions.cleanupExpiredSessions()
  await sessions.updateReports()
  await tendAlerts({
    sessions,
    savedFilters: program.savedFilters,
    administrator: userIds[demoAdministrator] ?? '',
    at: plan.endsAt,
  })
  // Alerts are events, too.
  await sessions.updateReports()
  await sessions.auditHead('linked-now')
}

/** Some have an account of the program; the rest are known to another application, by number. */
async function makeUsers({ program, plan, password }: DemoFilling): Promise<readonly string[]> {
  const userIds: string[] = []
  for (let index = 0; index < plan.users + castSize(plan); index += 1) {
    userIds.push(
      index < accountCount(plan.users) ? await makeAccount(program, index, password) : customerId(index),
    )
  }
  return userIds
}

async function makeAccount(program: Program, index: number, password: string): Promise<string> {
  const role = index === demoAdministrator ? 'admin' : 'user'
  const outcome = await program.accounts.create({ email: demoEmail(index), role, password })
  if (outcome.kind === 'created') return outcome.account.id
  throw new Error(`The account ${demoEmail(index)} could not be made: ${outcome.kind}.`)
}
