import { after, before, between, type Clock, hours, type Instant, inSeconds, instantOf } from 'latchkey'
import { type AlertTally, type Storage, severities } from 'latchkey/ports'
import { Gauge, type Registry } from 'prom-client'
import { sumOf } from '../alerts/sum-of.ts'

/** What of the storage is looked at. */
export type Reported = Pick<Storage, 'events' | 'rollups' | 'alerts'>

/** How reports and detectors follow the log, and what was found; read when somebody looks. */
export interface ReportMetrics {
  /** Rejects when the storage is away. */
  read(): Promise<void>
  /** Shows nothing: nobody knows. */
  forget(): void
  /** What a recount found: by how much a counter and what it counts differ. */
  showDifference(counter: 'active-sessions' | 'rollups', difference: number): void
}

export function reportMetrics(registry: Registry, storage: Reported, clock: Clock): ReportMetrics {
  const { behind, age, unresolved, findings, difference } = gauges(registry)
  return {
    read: async () => {
      const now = clock.now()
      const [newest, rolledUp, examined, open, found] = await Promise.all([
        storage.events.latest(),
        storage.rollups.position(),
        storage.alerts.position(),
        unresolvedOf(storage),
        findingsOfLastDay(storage, now),
      ])
      const positions = { rollups: rolledUp.position, detectors: examined ?? 0 }
      for (const [reader, position] of Object.entries(positions)) {
        behind.set({ reader }, Math.max(0, newest - position))
        age.set({ reader }, await ageOfNext(storage, position, now))
      }
      for (const severity of severities)
        unresolved.set({ severity }, sumOf(open.filter((tally) => tally.severity === severity)))
      findings.reset()
      for (const [detector, count] of found) findings.set({ detector }, count)
    },
    forget: () => {
      for (const gauge of [behind, age, unresolved, findings]) gauge.reset()
    },
    showDifference: (counter, by) => difference.set({ counter }, by),
  }
}

async function unresolvedOf({ alerts }: Reported): Promise<readonly AlertTally[]> {
  return alerts.tally({
    userId: null,
    sessionId: null,
    detectors: [],
    states: ['open', 'acknowledged'],
    severities: [...severities],
    assignee: null,
    from: null,
    until: null,
  })
}

async function findingsOfLastDay({ rollups }: Reported, now: Instant): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  const query = { measures: ['finding'], dimensions: ['detector'], interval: 'hour' } as const
  const hourly = await rollups.read({ ...query, from: before(now, hours(25)), until: after(now, hours(1)) })
  for (const { value, count } of hourly) found.set(value, (found.get(value) ?? 0) + count)
  return found
}

/** In seconds; 0 where the reader has read everything. */
async function ageOfNext({ events }: Reported, position: number, now: Instant): Promise<number> {
  const [next] = await events.read(position, 1)
  return next === undefined ? 0 : Math.max(0, inSeconds(between(instantOf(next.at), now)))
}

function gauges(registry: Registry) {
  const registers = [registry]
  return {
    behind: new Gauge({
      name: 'latchkey_events_behind',
      help: 'Positions of the event log that a reader has not read yet.',
      labelNames: ['reader'],
      registers,
    }),
    age: new Gauge({
      name: 'latchkey_events_behind_age_seconds',
      help: 'How old the first event is that a reader has not read yet; 0 where there is none.',
      labelNames: ['reader'],
      registers,
    }),
    unresolved: new Gauge({
      name: 'latchkey_alerts_unresolved',
      help: 'Alerts that are open or acknowledged.',
      labelNames: ['severity'],
      registers,
    }),
    findings: new Gauge({
      name: 'latchkey_findings_last_day',
      help: 'Alerts that detectors opened in the last 24 hours.',
      labelNames: ['detector'],
      registers,
    }),
    difference: new Gauge({
      name: 'latchkey_recount_difference',
      help: 'What the last recount of this process found: by how much a counter differs from what it counts.',
      labelNames: ['counter'],
      registers,
    }),
  }
}
