import { createHash } from 'node:crypto'
import type { Instant } from '../../packages/latchkey/src/foundation/time.ts'
import type { DeviceId } from '../../packages/latchkey/src/model/device.ts'
import { plainEvent, type SessionEvent } from '../../packages/latchkey/src/model/session-event.ts'
import type { SessionId } from '../../packages/latchkey/src/model/session-token.ts'
import type { Sighting } from '../../packages/latchkey/src/model/sighting.ts'
import type { AnyAct, Client, Label, ReuseAct, SignInAct, UseAct } from './acts.ts'

/** An event, and whose doing it is. */
export interface LabelledEvent {
  readonly event: SessionEvent
  readonly label: Label
}

interface OpenSession {
  readonly id: SessionId
  readonly userId: string
  readonly deviceId: DeviceId | null
  readonly sighting: Sighting
  readonly noted: Set<string>
  lastUsedAt: Instant
}

/** A browser's cookie knows no more of them. */
const usersInCookie = 8

/** Stored uses are as old as this at most. */
const resolution = 60_000

/** What Latchkey writes into its log of such acts: a sign-in, and of each session what has changed since, once each. */
export class SimulatedHost {
  readonly events: LabelledEvent[] = []
  readonly #sessions = new Map<string, OpenSession>()
  /** The newest first. */
  readonly #usersOfJar = new Map<string, readonly string[]>()

  /** In the order of time. */
  play(acts: readonly AnyAct[]): void {
    for (const act of [...acts].sort((a, b) => a.at - b.at)) {
      if (act.kind === 'sign-in') this.#signIn(act)
      else if (act.kind === 'use') this.#use(act)
      else if (act.kind === 'reuse') this.#reuse(act)
      else {
        const after = { limit: 'refused-credentials', source: act.source }
        this.#write(act.label, { type: 'rate-limit.exceeded', at: act.at, actor: 'system', after })
      }
    }
  }

  #signIn({ at, label, userId, session, jar, client, place }: SignInAct): void {
    const others = jar === null ? null : (this.#usersOfJar.get(jar) ?? []).filter((user) => user !== userId)
    if (jar !== null && others !== null)
      this.#usersOfJar.set(jar, [userId, ...others].slice(0, usersInCookie))
    const otherUsers = others?.length ?? null
    const sighting: Sighting = { client: client.kind, device: client.device, place, amr: ['pwd'], otherUsers }
    const opened: OpenSession = {
      id: `ses_${named(session)}`,
      userId,
      deviceId: jar === null ? `dev_${named(session)}` : `dev_${named(`${jar} ${userId}`)}`,
      sighting,
      noted: new Set(),
      lastUsedAt: at,
    }
    this.#sessions.set(session, opened)
    const facts = { sighting, before: null, ended: null }
    this.#write(label, { type: 'session.created', at, actor: `user:${userId}`, ...refOf(opened), facts })
  }

  #use(act: UseAct): void {
    const session = this.#sessions.get(act.session)
    if (session === undefined) throw new Error(`${act.session} was never begun`)
    this.#notice(
      session,
      act,
      act.client.device === session.sighting.device ? null : headerOf(act.client),
      'client',
    )
    const { place } = session.sighting
    const isElsewhere = place?.country !== act.place.country || place?.network?.asn !== act.place.network?.asn
    const here = `${act.place.country} ${act.place.network?.asn}`
    this.#notice(session, act, isElsewhere ? here : null, 'network')
    session.lastUsedAt = (act.at - (act.at % resolution)) as Instant
  }

  #notice(session: OpenSession, act: UseAct, what: string | null, kind: 'client' | 'network'): void {
    const { sighting, noted, lastUsedAt } = session
    const isSame = kind === 'client' && what === headerOf({ kind: sighting.client, device: sighting.device })
    if (what === null || isSame || noted.has(`${kind} ${what}`)) return
    noted.add(`${kind} ${what}`)
    const { client, place } = act
    const now = kind === 'client' ? { client: client.kind, device: client.device } : {}
    this.#write(act.label, {
      type: `session.${kind}-changed`,
      at: act.at,
      actor: `user:${session.userId}`,
      ...refOf(session),
      before: { last_used_at: lastUsedAt },
      facts: { sighting: { ...sighting, ...now, place, otherUsers: null }, before: sighting, ended: null },
    })
  }

  #reuse({ at, label, session }: ReuseAct): void {
    const ended = this.#sessions.get(session)
    if (ended === undefined) throw new Error(`${session} was never begun`)
    const ref = { ...refOf(ended), deviceId: null }
    this.#write(label, { type: 'session.ended', at, actor: 'system', ...ref, reason: 'token-reuse' })
  }

  #write(label: Label, event: Parameters<typeof plainEvent>[0]): void {
    this.events.push({
      label,
      event: { ...plainEvent(event), position: this.events.length + 1, digest: null },
    })
  }
}

function refOf({
  id,
  userId,
  deviceId,
}: OpenSession): Pick<SessionEvent, 'sessionId' | 'userId' | 'deviceId'> {
  return { sessionId: id, userId, deviceId }
}

function headerOf({ kind, device }: Client): string {
  return `${kind} ${device.browser} ${device.browserVersion} ${device.os} ${device.osVersion}`
}

function named(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 24)
}
