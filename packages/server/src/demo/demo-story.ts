import { after, before, days, hours, type Instant } from 'latchkey'
import { type DemoPerson, demoPerson } from './demo-person.ts'
import type { DemoStep } from './demo-step.ts'
import type { DemoSpan } from './demo-visit.ts'
import { personStory, type StoryPolicy } from './person-story.ts'
import { seededRandom } from './seeded-random.ts'

export interface DemoPlan {
  readonly seed: string
  readonly users: number
  readonly days: number
  /** The present: the last visits are minutes before it. */
  readonly endsAt: Instant
  /** Decides when a returning user has to sign in again. */
  readonly policy: StoryPolicy
}

/** Everything that happens, in order. The same plan makes the same story. */
export function demoStory(plan: DemoPlan): readonly DemoStep[] {
  const span: DemoSpan = { endsAt: plan.endsAt, days: plan.days }
  const people = Array.from({ length: plan.users }, (_, index) => demoPerson(index, plan.seed, plan.days))
  const steps = people.flatMap((person) => [
    ...personStory(person, span, plan.policy, randomOf(plan, person)),
  ])
  return [...steps, ...cleanups(plan)].sort((a, b) => a.at - b.at)
}

function randomOf(plan: DemoPlan, person: DemoPerson): ReturnType<typeof seededRandom> {
  return seededRandom(`${plan.seed}/story/${person.index}`)
}

/** A server cleans up far more often; each time costs a look at the disk, and ninety days shall take seconds. */
const cleanupEvery = 2

function cleanups(plan: DemoPlan): DemoStep[] {
  const startsAt = before(plan.endsAt, days(plan.days))
  return Array.from({ length: (plan.days * 24) / cleanupEvery }, (_, count) => ({
    kind: 'clean-up' as const,
    at: after(startsAt, hours((count + 1) * cleanupEvery)),
  }))
}
