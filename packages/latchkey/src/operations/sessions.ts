import type { Page, PageRequest } from '../foundation/page.ts'
import type { Session } from '../model/session.ts'
import type { SessionEvent } from '../model/session-event.ts'
import type { SessionAnalytics, SessionTotals } from '../model/session-statistics.ts'
import type { SessionPolicy } from '../rules/session-policy.ts'
import { type CacheState, cacheState } from './cache-state.ts'
import type { SessionConditions } from './check-filter.ts'
import { type CleanupSchedule, scheduleCleanup } from './cleanup-schedule.ts'
import { type CleanupState, createCleanup } from './cleanup-sessions.ts'
import { countSessions, getSessionCountByUser } from './count-sessions.ts'
import { type CreatedSession, createSession, type NewSession } from './create-session.ts'
import { EventDelivery } from './deliver-events.ts'
import { type DeviceOperations, deviceOperations } from './devices.ts'
import { forgetUser } from './forget-user.ts'
import {
  type EndManyOptions,
  type EndOneOptions,
  invalidateAllUserSessions,
  invalidateSession,
} from './invalidate-sessions.ts'
import { getActiveSessionsByUser, getSession, listSessions } from './list-sessions.ts'
import { type PlaceKnowledge, placeData } from './place-data.ts'
import { type Renewal, renewSession } from './renew-session.ts'
import { getSessionAnalytics } from './session-analytics.ts'
import type { SessionsOptions } from './sessions-options.ts'
import { type Verification, type VerifyOptions, verifySession, verifyWarm } from './verify-session.ts'
import { type Wiring, wire } from './wiring.ts'

/** Everything that can be done with sessions. Made by `createSessions`. */
export interface Sessions extends DeviceOperations {
  readonly policy: SessionPolicy

  /** Adds a session. Durable when it resolves. Throws `invalid-argument` naming the field at fault. */
  createSession(request: NewSession): Promise<CreatedSession>
  /** Whether the token is that of a live session. Never throws for a bad token; throws only when the storage is away. */
  verifySession(token: string, options?: VerifyOptions): Promise<Verification>
  /**
   * The answer of `verifySession` where it can be had at once, without the storage; null where it cannot: ask
   * `verifySession` then. For servers that want no promise on the way of each request. Never throws.
   */
  verifyCached(token: string, options?: VerifyOptions): Verification | null
  /** The session of that id, live or not; null where there is none. */
  getSession(id: string): Promise<Session | null>
  /** The user's live sessions, newest activity first; at most 1,000. */
  getActiveSessionsByUser(userId: string): Promise<readonly Session[]>
  getSessionCountByUser(userId: string): Promise<number>
  getSessionAnalytics(userId: string): Promise<SessionAnalytics>
  /** True when this call ended it; false when there is none, or it had ended, or it is not `ofUser`'s. */
  invalidateSession(id: string, options?: EndOneOptions): Promise<boolean>
  /** How many this call ended. */
  invalidateAllUserSessions(userId: string, options?: EndManyOptions): Promise<number>
  /** Gives a live session a new token after its user has proved who they are again; null when it is not live any more. The old token is `unknown` from then on. */
  renewSession(id: string, renewal: Renewal): Promise<CreatedSession | null>

  /** What places come from, with what is due to those who made it; null without the option `places`. Costs nothing. */
  placeData(): PlaceKnowledge | null

  /** Sessions of all users, newest first. A condition on `deviceId` needs one on `userId`. */
  listSessions(filter: SessionConditions, page: PageRequest): Promise<Page<Session>>
  countSessions(filter: SessionConditions): Promise<number>
  /** Totals over every user; costs the same at any size. */
  getTotals(): Promise<SessionTotals>

  /** Ends sessions past their deadline, all of them, in bounded steps; returns how many. Runs by itself, too. */
  cleanupExpiredSessions(): Promise<number>
  /**
   * Forgets sessions that ended longer ago than the policy's retention; returns how many. With them go addresses,
   * user agents, fingerprints and devices whose own time is over. Runs by itself, too.
   */
  forgetEndedSessions(): Promise<number>
  /**
   * Forgets everything about a user, for good: sessions, live ones included, their history, and what totals
   * counted of them. Tokens are `unknown` from then on. Returns how many sessions were on record. End the
   * user's sessions first where live pages are to hear of it: the forgetting itself leaves no event.
   */
  forgetUser(userId: string): Promise<number>
  getCleanupState(): Promise<CleanupState>
  /** How the cache of this process stands, and what waits in it; for metrics. Costs nothing. */
  getCacheState(): CacheState

  /** Calls `receive` with each event from now on, in order, once. Returns what ends the subscription. */
  subscribe(receive: (event: SessionEvent) => void): () => void

  /** Resolves when the storage answers; rejects otherwise. */
  ping(): Promise<void>
  /** Writes what is noted, ends the work in the background and closes the storage. */
  close(): Promise<void>
}

/**
 * Opens the storage and wires everything to it, once for the whole process. Rejects with `invalid-argument`
 * naming the option at fault, or with what the storage says when it cannot be opened.
 *
 * @example
 * import { createSessions } from 'latchkey'
 * import { sqliteStorage } from 'latchkey/sqlite'
 *
 * const sessions = await createSessions({ storage: sqliteStorage('app.db') })
 * const { session, token } = await sessions.createSession({ userId: '42' })
 * const verification = await sessions.verifySession(token)
 */
export async function createSessions(options: SessionsOptions): Promise<Sessions> {
  const wiring = wire(options)
  await wiring.storage.open()
  try {
    await wiring.coherence.open()
  } catch (error) {
    await wiring.storage.close()
    throw error
  }
  return wiredSessions(wiring, options.cleanup ?? 'automatic')
}

function wiredSessions(wiring: Wiring, automation: 'automatic' | 'by-command'): Sessions {
  const { policy, storage } = wiring
  const cleanup = createCleanup(wiring)
  const schedule = automation === 'automatic' ? scheduleCleanup(wiring, cleanup, Math.random) : null
  const delivery = new EventDelivery(wiring)
  let closing: Promise<void> | null = null

  return {
    policy,
    createSession: (request) => createSession(wiring, request),
    verifySession: (token, verifyOptions) => verifySession(wiring, token, verifyOptions),
    verifyCached: (token, verifyOptions) => verifyWarm(wiring, token, verifyOptions),
    getSession: (id) => getSession(wiring, id),
    getActiveSessionsByUser: (userId) => getActiveSessionsByUser(wiring, userId),
    getSessionCountByUser: (userId) => getSessionCountByUser(wiring, userId),
    getSessionAnalytics: (userId) => getSessionAnalytics(wiring, userId),
    invalidateSession: (id, endOptions) => invalidateSession(wiring, id, endOptions),
    invalidateAllUserSessions: (userId, endOptions) => invalidateAllUserSessions(wiring, userId, endOptions),
    renewSession: (id, renewal) => renewSession(wiring, id, renewal),
    ...deviceOperations(wiring),
    placeData: () => placeData(wiring),
    listSessions: (filter, page) => listSessions(wiring, filter, page),
    countSessions: (filter) => countSessions(wiring, filter),
    getTotals: () => storage.statistics.totals(),
    cleanupExpiredSessions: async () => (await cleanup.endExpired(Number.POSITIVE_INFINITY)).sessions,
    forgetUser: (userId) => forgetUser(wiring, userId),
    forgetEndedSessions: async () => (await cleanup.forgetEnded(Number.POSITIVE_INFINITY)).sessions,
    getCleanupState: () => cleanup.state(),
    getCacheState: () => cacheState(wiring),
    subscribe: (receive) => delivery.subscribe(receive),
    ping: () => storage.ping(),
    close() {
      closing ??= closeAll(wiring, schedule, delivery)
      return closing
    },
  }
}

async function closeAll(
  wiring: Wiring,
  schedule: CleanupSchedule | null,
  delivery: EventDelivery,
): Promise<void> {
  await schedule?.stop()
  await delivery.close()
  await wiring.activity.close()
  wiring.cache.close()
  await wiring.coherence.close()
  await wiring.storage.close()
}
