import { before, type Clock, days, hours, type Instant } from 'latchkey'
import type { Settings } from '../configuration/settings.ts'
import { keptAuditHead } from '../program/position-file.ts'
import { checkAddresses } from './check-addresses.ts'
import { type AuditFacts, checkAudit } from './check-audit.ts'
import { checkCleanup } from './check-cleanup.ts'
import { checkCounters } from './check-counters.ts'
import { checkCutOffs } from './check-cut-offs.ts'
import { checkDataKeys } from './check-data-keys.ts'
import { checkDeadlines } from './check-deadlines.ts'
import { checkKeys } from './check-keys.ts'
import { checkPolicy } from './check-policy.ts'
import { checkReports, type ReportFacts } from './check-reports.ts'
import { countTwice } from './count-twice.ts'
import { checkNames, type Finding, skipped } from './finding.ts'
import { readableSecret, readKeyFacts } from './key-facts.ts'
import { isLocalOnly, newestSessions } from './looked-at.ts'
import type { Looking, Opening } from './looking.ts'
import { openPostgresForReading } from './open-postgres-for-reading.ts'
import { openSqliteForReading } from './open-sqlite-for-reading.ts'

/** Where `CleanupState.backlog` stops counting. */
const mostBacklog = 10_000

/** Rows of a table, at most, that are looked at when they are not sealed by its newest key. */
const mostRows = 10_000

/** Looks at everything that `latchkey doctor` looks at. Changes nothing. */
export async function diagnose(settings: Settings, clock: Clock): Promise<readonly Finding[]> {
  const now = clock.now()
  const asOf = { now }
  const { looking, finding } = await openForReading(settings, {
    now: () => asOf.now,
    monotonic: clock.monotonic,
  })
  const keyFacts = readKeyFacts(settings)
  if (looking === null) return withSkipped([finding, checkKeys(keyFacts, null)], settings)
  try {
    const keys = checkKeys(keyFacts, await looking.compareSecret(readableSecret(settings)))
    return [finding, keys, ...(await lookInside(looking, settings, asOf))]
  } catch (error) {
    return withSkipped([looking.explain(error), checkKeys(keyFacts, null)], settings)
  } finally {
    await looking.close()
  }
}

function openForReading(settings: Settings, clock: Clock): Promise<Opening> {
  const { database } = settings
  return database.kind === 'postgres'
    ? openPostgresForReading(settings, database, clock)
    : openSqliteForReading(settings, database.path, clock)
}

function withSkipped(known: readonly Finding[], { database }: Settings): readonly Finding[] {
  const done = new Set(known.map((finding) => finding.check))
  // An SQLite file has no register of those that share it.
  if (database.kind === 'sqlite') done.add('nodes')
  const missing = checkNames.filter((name) => !done.has(name))
  return [
    ...known,
    ...missing.map((name) => skipped(name, 'Not looked at: the database cannot be looked into.')),
  ]
}

async function lookInside(
  looking: Looking,
  settings: Settings,
  asOf: { now: Instant },
): Promise<readonly Finding[]> {
  const { now } = asOf
  const { sessions } = looking
  const backlogAt = async (instant: Instant): Promise<number> => {
    asOf.now = instant
    const { backlog } = await sessions.getCleanupState()
    asOf.now = now
    return backlog
  }
  const overdueByAnHour = await backlogAt(before(now, hours(1)))
  const overdueByADay = await backlogAt(before(now, days(1)))
  const overdue = await backlogAt(now)
  const page = await sessions.listSessions({}, { cursor: null, limit: newestSessions })
  return [
    checkDataKeys({
      now,
      tables: readableSecret(settings) === null ? null : await looking.storage.sealing.look(mostRows),
      sessionsMade: (await looking.storage.statistics.totals()).created,
    }),
    await looking.compareClock(now),
    checkCleanup({ overdueByAnHour, overdueByADay, keptTooLong: await keptTooLong(looking, now) }),
    checkDeadlines({ overdue, limit: mostBacklog }),
    checkCounters(await countTwice(looking.storage.statistics)),
    checkReports(await reportFacts(looking, now)),
    checkAddresses({
      addresses: page.items.map((session) => session.ipAddress),
      trustedProxies: settings.trustedProxies,
      isLocalOnly: isLocalOnly(settings),
    }),
    ...(await looking.lookAtNodes()),
    checkPolicy({ policy: sessions.policy, preset: settings.policyPreset }),
    checkCutOffs({ now, cutOffs: await sessions.listCutOffs() }),
    checkAudit(await auditFacts(looking, settings, now)),
  ]
}

async function keptTooLong({ sessions, storage }: Looking, now: Instant): Promise<number> {
  const { retention } = sessions.policy
  if (retention === null) return 0
  return storage.statistics.countEndedBefore(before(before(now, retention), days(1)), mostBacklog)
}

/** Events at most, by position, of which the chain is checked; `latchkey audit verify` checks all. */
const newestEvents = 10_000

async function auditFacts(
  { sessions, storage, identity }: Looking,
  settings: Settings,
  now: Instant,
): Promise<AuditFacts> {
  const link = await storage.auditLinks.latest()
  const named = await identity()
  const expectedHead = named === null ? null : await keptAuditHead(settings, named, storage)
  const [firstUnlinked] = await storage.events.read(link?.last ?? 0, 1)
  return {
    now,
    oldestUnlinkedAt: firstUnlinked?.at ?? null,
    // Without the secret every link would look altered.
    verification:
      readableSecret(settings) === null
        ? null
        : await sessions.verifyAudit({
            newest: newestEvents,
            ...(expectedHead !== null && { expectedHead }),
          }),
  }
}

/** What is counted again. More: `latchkey doctor` takes longer on a busy database. `latchkey reports recount` counts everything. */
const recounted = days(2)

async function reportFacts({ sessions }: Looking, now: Instant): Promise<ReportFacts> {
  const { behind, oldestBehindAt, detectorsBehindAt } = await sessions.getReportState()
  const { compared, differing } = await sessions.recountReports({ from: before(now, recounted) })
  return { now, behind, oldestBehindAt, detectorsBehindAt, compared, differing }
}
