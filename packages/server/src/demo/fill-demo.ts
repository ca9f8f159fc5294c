import type { Program } from '../program/open-program.ts'
import { type DemoPlan, demoStory } from './demo-story.ts'
import { accountCount, customerId, demoAdministrator, demoEmail } from './demo-user-id.ts'
import type { MovingClock } from './moving-clock.ts'
import { playStory } from './play-story.ts'

export interface DemoFilling {
  /** Opened with `clock`, which stands at the beginning of the story. */
  readonly program: Program
  readonly clock: MovingClock
  readonly plan: Omit<DemoPlan, 'policy'>
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

/** Makes the accounts and lets everything happen that the plan leads to. */
export async function fillDemo(filling: DemoFilling): Promise<void> {
  const { program, clock, plan, onProgress } = filling
  const story = demoStory({ ...plan, policy: program.sessions.policy })
  const userIds = await makeUsers(filling)
  await playStory(story, {
    sessions: program.sessions,
    clock,
    userIds,
    onProgress: (played) => onProgress(played, story.length),
  })
  clock.moveTo(plan.endsAt)
}

/** Some have an account of the program; the rest are known to another application, by number. */
async function makeUsers({ program, plan, password }: DemoFilling): Promise<readonly string[]> {
  const userIds: string[] = []
  for (let index = 0; index < plan.users; index += 1) {
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
