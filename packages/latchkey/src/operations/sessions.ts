import { AuditChain, type Head } from './audit-chain.ts'
import { auditOperations } from './audit-operations.ts'
import { scheduleAuditChain } from './audit-schedule.ts'
import { cacheState } from './cache-state.ts'
import { scheduleCleanup } from './cleanup-schedule.ts'
import { type Cleanup, createCleanup } from './cleanup-sessions.ts'
import { countSessions, getSessionCountByUser } from './count-sessions.ts'
import { createSession } from './create-session.ts'
import { cutOffOperations } from './cut-offs.ts'
import { EventDelivery } from './deliver-events.ts'
import { deviceOperations } from './devices.ts'
import { forgetUser } from './forget-user.ts'
import { invalidateAllUserSessions, invalidateSession } from './invalidate-sessions.ts'
import { getActiveSessionsByUser, getSession, listSessions } from './list-sessions.ts'
import { placeData } from './place-data.ts'
import { renewSession } from './renew-session.ts'
import { rotateSession } from './rotate-session.ts'
import { getSessionAnalytics } from './session-analytics.ts'
import type { Sessions } from './sessions-interface.ts'
import type { SessionsOptions } from './sessions-options.ts'
import { readHead } from './verify-audit.ts'
import { verifySession, verifyWarm } from './verify-session.ts'
import { type Wiring, wire } from './wiring.ts'

export type { Sessions } from './sessions-interface.ts'

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
    // Before anything is linked: links that were removed would be made again.
    const chain = new AuditChain(wiring, await keptHead(options))
    await wiring.coherence.open()
    return wiredSessions(wiring, chain, options.cleanup ?? 'automatic')
  } catch (error) {
    await wiring.storage.close()
    throw error
  }
}

async function keptHead({ auditHead }: SessionsOptions): Promise<Head | null> {
  const head = (await auditHead?.()) ?? null
  return head === null ? null : readHead('auditHead', head)
}

function wiredSessions(wiring: Wiring, chain: AuditChain, automation: 'automatic' | 'by-command'): Sessions {
  const cleanup = createCleanup(wiring, chain)
  const schedules = automation === 'automatic' ? schedulesOf(wiring, cleanup, chain) : []
  const delivery = new EventDelivery(wiring)
  let closing: Promise<void> | null = null

  return {
    policy: wiring.policy,
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
    rotateSession: (token, rotateOptions) => rotateSession(wiring, token, rotateOptions),
    ...cutOffOperations(wiring),
    ...auditOperations(wiring, chain),
    ...deviceOperations(wiring),
    placeData: () => placeData(wiring),
    listSessions: (filter, page) => listSessions(wiring, filter, page),
    countSessions: (filter) => countSessions(wiring, filter),
    getTotals: () => wiring.storage.statistics.totals(),
    cleanupExpiredSessions: async () => (await cleanup.endExpired(Number.POSITIVE_INFINITY)).sessions,
    forgetUser: (userId, forgetOptions) => forgetUser(wiring, userId, forgetOptions),
    forgetEndedSessions: async () => (await cleanup.forgetEnded(Number.POSITIVE_INFINITY)).sessions,
    getCleanupState: () => cleanup.state(),
    getCacheState: () => cacheState(wiring),
    subscribe: (receive) => delivery.subscribe(receive),
    ping: () => wiring.storage.ping(),
    close() {
      closing ??= closeAll(wiring, schedules, delivery)
      return closing
    },
  }
}

function schedulesOf(wiring: Wiring, cleanup: Cleanup, chain: AuditChain): readonly Schedule[] {
  return [scheduleCleanup(wiring, cleanup, Math.random), scheduleAuditChain(wiring, chain, Math.random)]
}

interface Schedule {
  stop(): Promise<void>
}

async function closeAll(
  wiring: Wiring,
  schedules: readonly Schedule[],
  delivery: EventDelivery,
): Promise<void> {
  await delivery.close()
  for (const schedule of schedules) await schedule.stop()
  await wiring.activity.close()
  wiring.cache.close()
  await wiring.coherence.close()
  await wiring.storage.close()
}
