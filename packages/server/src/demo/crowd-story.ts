import { after, before, days, type Instant, milliseconds } from 'latchkey'
import { type DemoDeviceModel, demoDeviceModels } from './demo-device.ts'
import { type DemoPlace, demoPlaces, homeAddress, mobileAddress } from './demo-place.ts'
import type { DemoStep } from './demo-step.ts'
import type { SeededRandom } from './seeded-random.ts'
import { seededRandom } from './seeded-random.ts'

export interface CrowdPlan {
  readonly seed: string
  /** How many times somebody signs in. */
  readonly sessions: number
  /** How many people there are; one of them is chosen for each sign-in. */
  readonly users: number
  readonly days: number
  readonly endsAt: Instant
}

/** A person of the crowd signs in: a sign-in of the story, by somebody without one. */
export type CrowdSignIn = Extract<DemoStep, { kind: 'sign-in' }>

/**
 * Sign-ins of very many people, in order and one at a time, so that none of them has to be kept. Each person has one place, one
 * or two devices and one address; now and then they are on the road. The same plan makes the same crowd.
 */
export function* crowdStory(plan: CrowdPlan): Generator<CrowdSignIn> {
  const startsAt = before(plan.endsAt, days(plan.days))
  const step = days(plan.days) / plan.sessions
  for (let number = 0; number < plan.sessions; number += 1) {
    const random = seededRandom(`${plan.seed}/crowd/${number}`)
    const at = after(startsAt, milliseconds(Math.floor((number + random.fraction()) * step)))
    yield signIn(plan, random.integer(0, plan.users - 1), at, number, random)
  }
}

function signIn(
  plan: CrowdPlan,
  user: number,
  at: Instant,
  number: number,
  random: SeededRandom,
): CrowdSignIn {
  const person = personOf(plan.seed, user)
  const model = person.models[random.integer(0, person.models.length - 1)] ?? demoDeviceModels[0]
  const isOnTheRoad = model.use === 'phone' && random.chance(0.3)
  return {
    kind: 'sign-in',
    at,
    user,
    session: `${user}/${number}`,
    device: `${user}/${demoDeviceModels.indexOf(model)}`,
    replaces: null,
    expiresInDays: random.chance(0.1) ? 14 : null,
    userAgent: model.userAgent(at),
    clientHints: model.clientHints?.(at) ?? null,
    ipAddress: isOnTheRoad ? mobileAddress(person.place, random) : person.address,
    location: person.place.name,
    amr: random.chance(0.3) ? ['pwd', 'otp'] : ['pwd'],
  }
}

interface CrowdPerson {
  readonly place: DemoPlace
  readonly address: string
  readonly models: readonly DemoDeviceModel[]
}

function personOf(seed: string, user: number): CrowdPerson {
  const random = seededRandom(`${seed}/crowd-person/${user}`)
  const place = random.pickWeighted(demoPlaces)
  const address = homeAddress(place, random)
  const first = random.pickWeighted(demoDeviceModels)
  return {
    place,
    address,
    models: random.chance(0.4) ? [first, random.pickWeighted(demoDeviceModels)] : [first],
  }
}
