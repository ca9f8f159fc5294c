import type { MetricData } from '@opentelemetry/sdk-metrics'
import { type Clock, endReasons, type Sessions, systemClock, type Verification } from 'latchkey'
import type { AnsweredRequest } from 'latchkey/http'
import type { Storage } from 'latchkey/ports'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { CoherenceMetrics } from './coherence-metrics.ts'
import { timed } from './latency-metrics.ts'
import { type CountedMails, mailMetrics } from './mail-metrics.ts'
import { registryMetrics, requestDurations, requestTotals } from './otlp-metrics.ts'
import { programVersion } from './program-version.ts'
import { type ProtectionCounts, protectionMetrics } from './protection-metrics.ts'
import { type Reported, type ReportMetrics, reportMetrics } from './report-metrics.ts'
import { RequestCounter } from './request-counts.ts'
import { requestMetricNames, requestMetrics } from './request-metrics.ts'

/** What the program measures of itself, for `GET /metrics`. */
export interface Metrics
  extends Pick<ProtectionCounts, 'countRefusal' | 'countExceeded'>,
    Pick<ReportMetrics, 'showDifference'> {
  /** Prometheus text; sums over sessions are read anew each time, and left out while the database is away. */
  render(): Promise<string>
  /** The same in the data model of OpenTelemetry. */
  collect(): Promise<MetricData[]>
  readonly contentType: string
  countRequest(done: AnsweredRequest): void
  /** The same sessions; verifications, endings and new tokens through them are counted and timed. */
  counted(sessions: Sessions): Sessions
}

/** In seconds: from a warm cache to a password being hashed, and to what somebody will complain about. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export interface Measured {
  readonly sessions: Sessions
  readonly storage: Pick<Storage, 'auditLinks'> & Reported
  /** Default: nobody sends any. */
  readonly mails?: CountedMails | null
}

export function createMetrics(
  { sessions, storage, mails = null }: Measured,
  coherence: CoherenceMetrics,
  clock: Clock = systemClock,
): Metrics {
  const since = clock.now()
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  showVersion(registry)
  coherence.showIn(registry, sessions)
  mailMetrics(registry, mails)
  const sums = createSums(registry)
  const requests = new RequestCounter(buckets)
  const protection = protectionMetrics(registry)
  const reports = reportMetrics(registry, storage, clock)
  const read = (): Promise<void> => readSums(sums, reports, sessions, storage)
  return {
    contentType: registry.contentType,
    render: async () => {
      await read()
      return `${await registry.metrics()}\n${requestMetrics(requests.counts(), buckets)}`
    },
    collect: async () => {
      await read()
      const span = { since, until: clock.now() }
      return [
        ...registryMetrics(await registry.getMetricsAsJSON(), span),
        requestTotals(requestMetricNames.total, requests.counts(), span),
        requestDurations(requestMetricNames.duration, requests.counts(), buckets, span),
      ]
    },
    countRequest: (done) => requests.count(done),
    countRefusal: protection.countRefusal,
    countExceeded: protection.countExceeded,
    showDifference: reports.showDifference,
    counted: countedBy(countVerifications(registry), protection, registry, clock),
  }
}

/** What is counted and timed on the way through. */
function countedBy(
  verifications: ReturnType<typeof countVerifications>,
  protection: ProtectionCounts,
  registry: Registry,
  clock: Clock,
): Metrics['counted'] {
  return (plain) => {
    const inner = { ...plain, ...timed(plain, registry, clock) }
    return {
      ...inner,
      verifySession: async (token, options) => verifications.count(await inner.verifySession(token, options)),
      verifyCached: (token, options) => {
        const verification = inner.verifyCached(token, options)
        return verification === null ? null : verifications.count(verification)
      },
      renewSession: async (id, renewal) => {
        const renewed = await inner.renewSession(id, renewal)
        if (renewed !== null) protection.countRenewal(renewal.cause ?? 'reauthentication')
        return renewed
      },
      rotateSession: async (token, options) => {
        const rotated = await inner.rotateSession(token, options)
        if (rotated !== null) protection.countRenewal('rotation')
        return rotated
      },
    }
  }
}

function showVersion(registry: Registry): void {
  const registers = [registry]
  new Gauge({ name: 'latchkey_build_info', help: 'Always 1.', labelNames: ['version'], registers }).set(
    { version: programVersion },
    1,
  )
}

/** Counted as plain numbers: a counter with labels takes as long as a verification. */
function countVerifications(registry: Registry): { count(verification: Verification): Verification } {
  const counts = { active: 0, unknown: 0, expired: 0, revoked: 0, pending: 0 }
  new Counter({
    name: 'latchkey_session_verifications_total',
    help: 'Verified tokens by outcome, since the start of the process.',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [outcome, count] of Object.entries(counts)) this.inc({ outcome }, count)
    },
  })
  return {
    count(verification) {
      counts[verification.active ? 'active' : verification.reason] += 1
      return verification
    },
  }
}

interface Sums {
  readonly storageUp: Gauge
  readonly active: Gauge
  readonly created: Counter
  readonly ended: Counter<'reason'>
  readonly backlog: Gauge
  readonly lastRunAge: Gauge
  readonly unlinked: Gauge
}

function createSums(registry: Registry): Sums {
  const registers = [registry]
  return {
    storageUp: new Gauge({ name: 'latchkey_storage_up', help: '1 when the database answers.', registers }),
    active: new Gauge({
      name: 'latchkey_sessions_active',
      help: 'Sessions that have not ended; up to one cleanup behind their deadlines.',
      registers,
    }),
    created: new Counter({
      name: 'latchkey_sessions_created_total',
      help: 'Sessions ever created, by any process.',
      registers,
    }),
    ended: new Counter({
      name: 'latchkey_sessions_ended_total',
      help: 'Sessions ever ended, by any process.',
      labelNames: ['reason'],
      registers,
    }),
    backlog: new Gauge({
      name: 'latchkey_cleanup_backlog',
      help: 'Sessions past their deadline that no cleanup has ended yet, counted up to 10000.',
      registers,
    }),
    lastRunAge: new Gauge({
      name: 'latchkey_cleanup_last_run_age_seconds',
      help: 'Since the last cleanup of this process that went well; -1 when there was none yet.',
      registers,
    }),
    unlinked: new Gauge({
      name: 'latchkey_audit_positions_unlinked',
      help: 'From the newest link of the audit chain to the newest event, in positions.',
      registers,
    }),
  }
}

async function readSums(
  sums: Sums,
  reports: ReportMetrics,
  sessions: Sessions,
  storage: Measured['storage'],
): Promise<void> {
  const all = [sums.active, sums.created, sums.ended, sums.backlog, sums.lastRunAge, sums.unlinked]
  try {
    const [totals, cleanup, newestLink, newestEvent] = await Promise.all([
      sessions.getTotals(),
      sessions.getCleanupState(),
      storage.auditLinks.latest(),
      storage.events.latest(),
      reports.read(),
    ])
    for (const sum of all) sum.reset()
    sums.storageUp.set(1)
    sums.active.set(totals.active)
    sums.created.inc(totals.created)
    for (const reason of endReasons) sums.ended.inc({ reason }, totals.ended[reason])
    sums.backlog.set(cleanup.backlog)
    sums.lastRunAge.set(
      cleanup.lastRunAt === null ? -1 : Math.max(0, (systemClock.now() - cleanup.lastRunAt) / 1_000),
    )
    sums.unlinked.set(Math.max(0, newestEvent - (newestLink?.last ?? 0)))
  } catch {
    // A scrape must go on working while the database does not: this metric says so.
    sums.storageUp.set(0)
    // Nothing is said of the rest: a counter that went to 0 and came back would be taken for that many new ones.
    for (const sum of [sums.active, sums.created, sums.backlog, sums.lastRunAge, sums.unlinked]) sum.remove()
    sums.ended.reset()
    reports.forget()
  }
}
