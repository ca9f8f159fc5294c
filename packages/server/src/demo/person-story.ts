import {
  after,
  between,
  days,
  earlier,
  type Instant,
  milliseconds,
  minutes,
  type SessionPolicy,
} from 'latchkey'
import { type DemoBrowser, DemoBrowsers } from './browser-story.ts'
import type { DemoDevice, DemoPerson } from './demo-person.ts'
import { type DemoPlace, demoPlaces, mobileAddress, officeAddress, vpnAddress } from './demo-place.ts'
import type { DemoSignIn, DemoStep } from './demo-step.ts'
import { demoAdministrator, demoUser } from './demo-user-id.ts'
import { type DemoSpan, type DemoVisit, demoVisits } from './demo-visit.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

/** What of a policy decides when somebody has to sign in again. */
export type StoryPolicy = Pick<SessionPolicy, 'absoluteLifetime' | 'idleTimeout'>

/** A session as the story knows it, until something ends it. */
interface OpenSession {
  readonly name: string
  readonly createdAt: Instant
  /** Null: the policy's lifetime. */
  readonly lifetimeInDays: number | null
  usedAt: Instant
}

/** Where a person's story has got to. */
interface Telling {
  readonly person: DemoPerson
  readonly span: DemoSpan
  readonly policy: StoryPolicy
  readonly random: SeededRandom
  /** The hosts keep out of accidents, so that those who show the console always have something to show. */
  readonly isHost: boolean
  readonly open: Map<DemoDevice, OpenSession>
  readonly browsers: DemoBrowsers
  count: number
}

/** What one person does in all that time: comes back, signs in again when it is time to, tidies up now and then. */
export function* personStory(
  person: DemoPerson,
  span: DemoSpan,
  policy: StoryPolicy,
  random: SeededRandom,
): Generator<DemoStep> {
  const isHost = person.index === demoAdministrator || person.index === demoUser
  const browsers = new DemoBrowsers(person, span)
  const telling: Telling = { person, span, policy, random, isHost, open: new Map(), browsers, count: 0 }
  for (const visit of demoVisits(person, span, random)) {
    const session = yield* arrive(telling, visit)
    yield* browsers.lookAfter(visit)
    if (visit.leavesAt < span.endsAt) {
      yield* tidyUp(telling, visit, session)
      yield* leave(telling, visit, session)
    }
  }
}

function* arrive(telling: Telling, visit: DemoVisit): Generator<DemoStep, OpenSession> {
  const { browser, since } = telling.browsers.at(visit)
  const known = since === 'known' ? telling.open.get(visit.device) : undefined
  const present = known !== undefined && isAlive(known, visit.at, telling.policy) ? known : null
  if (present !== null && !telling.random.chance(0.015)) {
    present.usedAt = visit.at
    yield { kind: 'use', at: visit.at, session: present.name }
    return present
  }
  const session = openSession(telling, visit)
  yield signIn(telling, visit, session, { browser, replaced: present })
  yield { kind: 'use', at: halfWay(visit, telling.span), session: session.name }
  return session
}

/** Half of the visit, or of what is left of the story: it is used, and not only signed in to. */
function halfWay(visit: DemoVisit, span: DemoSpan): Instant {
  return after(
    visit.at,
    milliseconds(Math.floor(between(visit.at, earlier(visit.leavesAt, span.endsAt)) / 2)),
  )
}

function openSession(telling: Telling, visit: DemoVisit): OpenSession {
  telling.count += 1
  const isShort = !telling.isHost && telling.random.chance(0.15)
  const session: OpenSession = {
    name: `${telling.person.index}/${telling.count}`,
    createdAt: visit.at,
    lifetimeInDays: isShort ? 14 : null,
    usedAt: visit.at,
  }
  telling.open.set(visit.device, session)
  return session
}

function signIn(
  telling: Telling,
  visit: DemoVisit,
  session: OpenSession,
  { browser, replaced }: { readonly browser: DemoBrowser; readonly replaced: OpenSession | null },
): DemoStep {
  const { person, random } = telling
  const { model } = visit.device
  const isTravelling = !telling.isHost && random.chance(0.03)
  const place = isTravelling ? random.pickWeighted(demoPlaces) : person.place
  const where = isTravelling ? 'away' : 'home'
  return {
    kind: 'sign-in',
    at: visit.at,
    user: person.index,
    session: session.name,
    device: browser.name,
    replaces: replaced?.name ?? null,
    expiresInDays: session.lifetimeInDays,
    userAgent: model.userAgent(visit.at),
    clientHints: model.clientHints?.(visit.at) ?? null,
    ...throughVpn(telling, session, {
      ipAddress: addressOf(visit.device, place, where, telling),
      location: place.name,
    }),
    amr: random.chance(0.3) ? ['pwd', 'otp'] : ['pwd'],
  }
}

type Origin = Pick<DemoSignIn, 'ipAddress' | 'location'>

/** Where somebody seems to be who, now and then, comes through a VPN; otherwise where they are. */
function throughVpn({ person, isHost }: Telling, session: OpenSession, origin: Origin): Origin {
  const random = seededRandom(`${person.homeAddress}/vpn/${session.name}`)
  if (isHost || !random.chance(0.02)) return origin
  const place = random.pickWeighted(demoPlaces)
  return { ipAddress: vpnAddress(place, random), location: place.name }
}

function addressOf(device: DemoDevice, place: DemoPlace, where: 'home' | 'away', telling: Telling): string {
  const { person, random } = telling
  const isOnTheRoad = where === 'away' || (device.model.use === 'phone' && random.chance(0.6))
  if (isOnTheRoad) return mobileAddress(place, random)
  return device.model.use === 'work' && random.chance(0.7) ? officeAddress(place) : person.homeAddress
}

/** Now and then somebody looks through the list of sessions, or an administrator steps in. */
function* tidyUp(telling: Telling, visit: DemoVisit, session: OpenSession): Generator<DemoStep> {
  const { open, random, person } = telling
  const at = after(visit.at, minutes(1))
  const others = [...open].filter(([, other]) => other !== session)
  const [oldest] = others.toSorted(([, a], [, b]) => a.usedAt - b.usedAt)
  if (oldest && random.chance(0.006)) {
    open.delete(oldest[0])
    yield { kind: 'end-one', at, session: oldest[1].name }
  } else if (oldest && random.chance(0.003)) {
    for (const [device] of others) open.delete(device)
    yield { kind: 'end-others', at, user: person.index, except: session.name }
  } else if (!telling.isHost && random.chance(0.0006)) {
    open.clear()
    yield { kind: 'end-all', at, user: person.index }
  }
}

function* leave(telling: Telling, visit: DemoVisit, session: OpenSession): Generator<DemoStep> {
  if (telling.open.get(visit.device) !== session) return
  session.usedAt = visit.leavesAt
  const signsOut = telling.random.chance(telling.person.habit === 'signs-out' ? 0.6 : 0.02)
  if (signsOut && !telling.isHost) {
    telling.open.delete(visit.device)
    yield { kind: 'sign-out', at: visit.leavesAt, session: session.name }
  } else {
    yield { kind: 'use', at: visit.leavesAt, session: session.name }
  }
}

function isAlive(session: OpenSession, at: Instant, policy: StoryPolicy): boolean {
  const lifetime = session.lifetimeInDays === null ? policy.absoluteLifetime : days(session.lifetimeInDays)
  const isYoung = between(session.createdAt, at) < lifetime
  return isYoung && (policy.idleTimeout === null || between(session.usedAt, at) < policy.idleTimeout)
}
