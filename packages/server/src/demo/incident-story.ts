import { after, before, type Duration, days, hours, type Instant, minutes } from 'latchkey'
import { type DemoDeviceModel, demoDeviceModels } from './demo-device.ts'
import { demoPlaces, homeAddress, hostingAddress, vpnAddress } from './demo-place.ts'
import type { DemoSignIn, DemoStep } from './demo-step.ts'
import { type CastMember, castMember, habit, type IncidentPlan, usualSignIn } from './incident-cast.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

/** Shorter stories have none: nobody would be known long enough for anything to be odd. */
const leastDays = 28

/** Before the first day of the story somebody was here who comes back when it is nearly over. */
export const prologueDays = 4

/** The tablet at a reception, by its name in the story. */
export const sharedTablet = 'reception/0'

/** How somebody's things are told; they get a name for each session and device. */
interface Scene {
  readonly plan: IncidentPlan
  readonly member: CastMember
  readonly random: SeededRandom
  readonly ago: (duration: Duration) => Instant
}

interface Incident {
  readonly place: number
  readonly model: number
  /** How long before the end it happens. */
  readonly since: Duration
  /** `stranger`: nothing is known of them before. */
  readonly known: 'daily' | 'stranger'
  readonly happens: (scene: Scene, at: Instant) => DemoStep[]
}

const [oslo, berlin, london, lisbon, singapore, toronto, chicago] = [0, 3, 5, 6, 9, 13, 14]
const [chromeOnWindows, edgeOnWindows, chromeOnMac, firefoxOnWindows, iPhone] = [0, 1, 3, 7, 11]

/** Each is what one detector or another is for. */
const incidents: readonly Incident[] = [
  daily(oslo, chromeOnWindows, hours(27), stolenCookie),
  daily(2, chromeOnMac, hours(20), (scene, at) => elsewhere(scene, at, singapore)),
  daily(lisbon, edgeOnWindows, hours(76), (scene, at) => elsewhere(scene, at, toronto)),
  daily(chicago, chromeOnWindows, hours(40), manyAtOnce),
  daily(berlin, chromeOnMac, hours(50), takenAbroad),
  daily(london, edgeOnWindows, hours(9), otherClient),
  daily(berlin, chromeOnWindows, hours(31), olderBrowser),
  daily(oslo, chromeOnWindows, hours(61), atNight),
  daily(toronto, firefoxOnWindows, hours(14), (scene, at) => newDevice(scene, at, 7)),
  daily(london, chromeOnMac, hours(99), (scene, at) => newDevice(scene, at, singapore)),
  daily(lisbon, chromeOnWindows, hours(12), throughVpn),
  daily(15, firefoxOnWindows, hours(35), throughVpn),
  { place: berlin, model: iPhone, since: hours(6), known: 'stranger', happens: comesBack },
  ...Array.from({ length: 7 }, (_, position): Incident => {
    const since = minutes(3 * 24 * 60 - 9 * position)
    return { place: oslo, model: 9, since, known: 'stranger', happens: atReception }
  }),
]

function daily(place: number, model: number, since: Duration, happens: Incident['happens']): Incident {
  return { place, model, since, known: 'daily', happens }
}

/** How many people they happen to, who are there beside those of the story. */
export function castSize({ days: length }: Pick<IncidentPlan, 'days'>): number {
  return length < leastDays ? 0 : incidents.length
}

/**
 * What an administrator has to look into: few things, each of another kind, all in the last days. To be merged with the
 * story by time. The same plan makes the same incidents.
 */
export function incidentStory(plan: IncidentPlan): readonly DemoStep[] {
  return incidents.slice(0, castSize(plan)).flatMap(({ place, model, since, known, happens }, position) => {
    const member = castMember(plan, position, { place, model })
    const random = seededRandom(`${plan.seed}/happens/${position}`)
    const ago = (duration: Duration): Instant => before(plan.endsAt, duration)
    const at = ago(since)
    const earlier = before(at, hours(2))
    const usual = known === 'daily' ? habit(plan, member, earlier) : []
    return [...usual, ...happens({ plan, member, random, ago }, at)]
  })
}

/** Somebody's browser is emptied by a thief, whose script goes on with its session. */
function stolenCookie({ member, random }: Scene, at: Instant): DemoStep[] {
  const session = `${member.user}/stolen`
  const thief = { ipAddress: hostingAddress(random), userAgent: 'curl/8.14.1' }
  return [
    usualSignIn(member, 'stolen', before(at, minutes(50))),
    { kind: 'use', at: before(at, minutes(20)), session },
    { kind: 'use', at, session, ...thief },
    { kind: 'use', at: after(at, minutes(7)), session, ...thief },
  ]
}

/** The same account on the other side of the world, minutes later, on a device that nobody knows. */
function elsewhere({ member, random }: Scene, at: Instant, place: number): DemoStep[] {
  const there = demoPlaces[place] ?? demoPlaces[0]
  return [
    usualSignIn(member, 'home', before(at, minutes(random.integer(35, 55)))),
    usualSignIn(member, 'elsewhere', at, {
      device: `${member.user}/elsewhere`,
      ipAddress: homeAddress(there, random),
      location: there.name,
      ...browserOf(demoDeviceModels[chromeOnWindows], at),
    }),
  ]
}

/** Somebody who knows the password signs in again and again, without cookies. */
function manyAtOnce({ member, random }: Scene, at: Instant): DemoStep[] {
  return Array.from({ length: 7 }, (_, index) =>
    usualSignIn(member, `burst-${index}`, after(at, minutes(index)), {
      device: `${member.user}/burst-${index}`,
      ipAddress: hostingAddress(random),
      ...browserOf(demoDeviceModels[8], at),
    }),
  )
}

/** A session that goes on in another country, sooner than anybody could be there. */
function takenAbroad({ member, random }: Scene, at: Instant): DemoStep[] {
  const session = `${member.user}/taken`
  const abroad = demoPlaces[12] ?? demoPlaces[0]
  return [
    usualSignIn(member, 'taken', before(at, minutes(48))),
    { kind: 'use', at: before(at, minutes(18)), session },
    {
      kind: 'use',
      at,
      session,
      ipAddress: homeAddress(abroad, random),
      userAgent: member.model.userAgent(at),
    },
  ]
}

function otherClient({ member }: Scene, at: Instant): DemoStep[] {
  const session = `${member.user}/moved`
  const userAgent = demoDeviceModels[8]?.userAgent(at) ?? ''
  return [
    usualSignIn(member, 'moved', before(at, minutes(90))),
    { kind: 'use', at, session, ipAddress: member.address, userAgent },
  ]
}

function olderBrowser({ member }: Scene, at: Instant): DemoStep[] {
  const old = before(at, days(120))
  return [usualSignIn(member, 'older', at, browserOf(member.model, old))]
}

function atNight({ member, plan }: Scene, at: Instant): DemoStep[] {
  const midnight = (Math.floor(at / days(1)) * days(1)) as Instant
  const night = after(midnight, minutes(2 * 60 + 47))
  return night >= plan.endsAt ? [] : [newSignIn(member, 'night', night)]
}

function newDevice({ member, random }: Scene, at: Instant, place: number): DemoStep[] {
  const there = demoPlaces[place] ?? demoPlaces[0]
  const where = { ipAddress: homeAddress(there, random), location: there.name }
  return [{ ...newSignIn(member, 'abroad', at), ...where }]
}

function throughVpn({ member, random }: Scene, at: Instant): DemoStep[] {
  return [{ ...newSignIn(member, 'vpn', at), ipAddress: vpnAddress(member.place, random) }]
}

/** After a whole story's time, and on a new phone. */
function comesBack({ member, plan, ago }: Scene, at: Instant): DemoStep[] {
  const longAgo = after(ago(days(plan.days + prologueDays)), hours(1))
  return [
    usualSignIn(member, 'first', longAgo, browserOf(demoDeviceModels[iPhone], longAgo)),
    newSignIn(member, 'again', at),
  ]
}

/** One visitor after another. */
function atReception({ member }: Scene, at: Instant): DemoStep[] {
  const session = `${member.user}/visit`
  const visit = usualSignIn(member, 'visit', at, { device: sharedTablet })
  return [visit, { kind: 'sign-out', at: after(at, minutes(5)), session }]
}

function newSignIn(member: CastMember, name: string, at: Instant): DemoSignIn {
  return usualSignIn(member, name, at, { device: `${member.user}/${name}` })
}

function browserOf(
  model: DemoDeviceModel | undefined,
  at: Instant,
): Pick<DemoSignIn, 'userAgent' | 'clientHints'> {
  return { userAgent: model?.userAgent(at) ?? '', clientHints: model?.clientHints?.(at) ?? null }
}
