import { before, days, type Instant, instantOf, minutes } from 'latchkey'
import { type DemoDeviceModel, demoDeviceModels } from './demo-device.ts'
import { type DemoPlace, demoPlaces, homeAddress } from './demo-place.ts'
import type { DemoSignIn, DemoStep } from './demo-step.ts'
import { seededRandom } from './seeded-random.ts'

/** When and for whom incidents happen. */
export interface IncidentPlan {
  readonly seed: string
  /** Those of the story; the people of incidents come after them. */
  readonly users: number
  readonly days: number
  readonly endsAt: Instant
}

/** Somebody whom something odd happens to, and who is like everybody else until then. */
export interface CastMember {
  readonly user: number
  readonly place: DemoPlace
  readonly model: DemoDeviceModel
  readonly address: string
}

/** Enough for detectors to know them: how long somebody has come each day when something happens. */
const habitDays = 25

/** `place` is an index of `demoPlaces`, `model` one of `demoDeviceModels`. */
export function castMember(
  plan: IncidentPlan,
  position: number,
  at: { readonly place: number; readonly model: number },
): CastMember {
  const place = demoPlaces[at.place] ?? demoPlaces[0]
  const random = seededRandom(`${plan.seed}/incident/${position}`)
  return {
    user: plan.users + position,
    place,
    model: demoDeviceModels[at.model] ?? demoDeviceModels[0],
    address: homeAddress(place, random),
  }
}

/** What a sign-in of theirs is, unless it is odd. */
export function usualSignIn(
  member: CastMember,
  name: string,
  at: Instant,
  odd: Partial<DemoSignIn> = {},
): DemoSignIn {
  return {
    kind: 'sign-in',
    at,
    user: member.user,
    session: `${member.user}/${name}`,
    device: `${member.user}/0`,
    replaces: null,
    expiresInDays: null,
    userAgent: member.model.userAgent(at),
    clientHints: member.model.clientHints?.(at) ?? null,
    ipAddress: member.address,
    location: member.place.name,
    amr: ['pwd', 'otp'],
    ...odd,
  }
}

/** Each day in the morning they sign in at home, and in the evening they sign out; the last time before `until`. */
export function habit(plan: IncidentPlan, member: CastMember, until: Instant): DemoStep[] {
  const firstDay = Math.floor(before(plan.endsAt, days(Math.min(habitDays, plan.days - 1))) / days(1)) + 1
  const random = seededRandom(`${plan.seed}/habit/${member.user}`)
  const steps: DemoStep[] = []
  for (let day = firstDay; ; day += 1) {
    const minute = (8 - member.place.utcOffset) * 60 + random.integer(0, 90)
    const at = instantOf(day * days(1) + minute * minutes(1) + random.integer(0, 59_999))
    const leavesAt = instantOf(at + random.integer(420, 540) * minutes(1))
    if (leavesAt >= until) return steps
    const session = `${member.user}/day-${day - firstDay}`
    steps.push(usualSignIn(member, `day-${day - firstDay}`, at), { kind: 'sign-out', at: leavesAt, session })
  }
}
