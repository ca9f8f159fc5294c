import { alertOperations } from './alert-operations.ts'
import { AuditChain, type Head } from './audit-chain.ts'
import { auditOperations } from './audit-operations.ts'
import { scheduleAuditChain } from './audit-schedule.ts'
import { bulkOperations } from './bulk-operations.ts'
import { BulkRunner } from './bulk-runner.ts'
import { cacheState } from './cache-state.ts'
import { withoutRest } from './cleanup-batches.ts'
import { scheduleCleanup } from './cleanup-schedule.ts'
import { type Cleanup, createCleanup } from './cleanup-sessions.ts'
import { countSessions, getSessionCountByUser } from './count-sessions.ts'
import { createSession } from './create-session.ts'
import { cutOffOperations } from './cut-offs.ts'
import { EventDelivery } from './deliver-events.ts'
import { detectionOperations } from './detection-operations.ts'
import { deviceOperations } from './devices.ts'
import { forgetUser } from './forget-user.ts'
import { forgettable } from './forgettable.ts'
import { invalidateAllUserSessions, invalidateSession } from './invalidate-sessions.ts'
import { getActiveSessionsByUser, getSession, listSessions } from './list-sessions.ts'
import { placeData } from './place-data.ts'
import { renewSession } from './renew-session.ts'
import { reportOperations } from './report-operations.ts'
import { scheduleReports } from './report-schedule.ts'
import { ReportWorker } from './report-worker.ts'
import { scheduleResponses } from './response-schedule.ts'
import { rotateSession } from './rotate-session.ts'
import { getSessionAnalytics } from './session-analytics.ts'
import type { Sessions } from './sessions-interface.ts'
import { reportsOf, type SessionsOptions } from './sessions-options.ts'
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
    return wiredSessions(wiring, chain, options)
  } catch (error) {
    await wiring.storage.close()
    throw error
  }
}

async function keptHead({ auditHead }: SessionsOptions): Promise<Head | null> {
  const head = (await auditHead?.()) ?? null
  return head === null ? null : readHead('auditHead', head)
}

function wiredSessions(wiring: Wiring, chain: AuditChain, options: SessionsOptions): Sessions {
  const worker = new ReportWorker(wiring)
  const cleanup = createCleanup(wiring, chain, worker)
  const bulkEndings = new BulkRunner(wiring, Math.random)
  const schedules = schedulesOf(wiring, { cleanup, chain, worker, bulkEndings }, options)
  const delivery = new EventDelivery(wiring)
  let closing: Promise<void> | null = null

  return {
    policy: wiring.policy,
    observedChanges: wiring.notedChanges.observed,
    ...ownOperations(wiring),
    ...cutOffOperations(wiring),
    ...auditOperations(wiring, chain),
    ...reportOperations(wiring, worker),
    ...deviceOperations(wiring),
    ...alertOperations(wiring),
    ...detectionOperations(wiring),
    ...bulkOperations(wiring, bulkEndings),
    forgettable: () => forgettable(wiring),
    cleanupExpiredSessions: async () => (await cleanup.endExpired(withoutRest)).sessions,
    forgetEndedSessions: async () => (await cleanup.forgetEnded(withoutRest)).sessions,
    getCleanupState: () => cleanup.state(),
    subscribe: (receive, begun) => delivery.subscribe(receive, begun),
    ping: () => wiring.storage.ping(),
    close() {
      closing ??= closeAll(wiring, schedules, delivery)
      return closing
    },
  }
}

type OwnOperations = Pick<
  Sessions,
  | 'createSession'
  | 'verifySession'
  | 'verifyCached'
  | 'getSession'
  | 'getActiveSessionsByUser'
  | 'getSessionCountByUser'
  | 'getSessionAnalytics'
  | 'invalidateSession'
  | 'invalidateAllUserSessions'
  | 'renewSession'
  | 'rotateSession'
  | 'placeData'
  | 'listSessions'
  | 'countSessions'
  | 'getTotals'
  | 'forgetUser'
  | 'getCacheState'
>

function ownOperations(wiring: Wiring): OwnOperations {
  return {
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
    placeData: () => placeData(wiring),
    listSessions: (filter, page) => listSessions(wiring, filter, page),
    countSessions: (filter) => countSessions(wiring, filter),
    getTotals: () => wiring.storage.statistics.totals(),
    forgetUser: (userId, forgetOptions) => forgetUser(wiring, userId, forgetOptions),
    getCacheState: () => cacheState(wiring),
  }
}

interface Workers {
  readonly cleanup: Cleanup
  readonly chain: AuditChain
  readonly worker: ReportWorker
  readonly bulkEndings: BulkRunner
}

function schedulesOf(
  wiring: Wiring,
  { cleanup, chain, worker, bulkEndings }: Workers,
  options: SessionsOptions,
): readonly Schedule[] {
  const automation = options.cleanup ?? 'automatic'
  const ofCleanup = () => [
    scheduleCleanup(wiring, cleanup, Math.random),
    scheduleAuditChain(wiring, chain, Math.random),
    scheduleResponses(wiring, Math.random),
    bulkEndings.start(),
  ]
  const ofReports = () => [scheduleReports(wiring, worker, Math.random)]
  return [
    ...(reportsOf(options) === 'automatic' ? ofReports() : []),
    ...(automation === 'automatic' ? ofCleanup() : []),
  ]
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
  await wiring.verifications.close()
  await wiring.activity.close()
  wiring.cache.close()
  await wiring.coherence.close()
  await wiring.storage.close()
}
