import { before, type Clock, days, hours, type Instant } from 'latchkey'
import { isLoopbackHost } from '../configuration/setting-formats.ts'
import type { Settings } from '../configuration/settings.ts'
import { checkAddresses } from './check-addresses.ts'
import { checkCleanup } from './check-cleanup.ts'
import { checkClock } from './check-clock.ts'
import { type CounterFacts, checkCounters } from './check-counters.ts'
import { checkDatabase } from './check-database.ts'
import { checkDeadlines } from './check-deadlines.ts'
import { checkKeys } from './check-keys.ts'
import { checkNames, type Finding, skipped } from './finding.ts'
import { readKeyFacts } from './key-facts.ts'
import { openForReading, type Reading, unusable } from './open-for-reading.ts'

/** The newest sessions are looked at for their addresses: what was wrong last month does not matter. */
const newestSessions = 50

/** Where `CleanupState.backlog` stops counting. */
const mostBacklog = 10_000

/** Looks at everything that `latchkey doctor` looks at. Changes nothing. */
export async function diagnose(settings: Settings, clock: Clock): Promise<readonly Finding[]> {
  const now = clock.now()
  const asOf = { now }
  const opening = await openForReading(settings, { now: () => asOf.now, monotonic: clock.monotonic })
  const keys = checkKeys(readKeyFacts(settings))
  const known = [checkDatabase(opening.facts), keys]
  const { reading } = opening
  if (reading === null) return withSkipped(known)
  try {
    return [...known, ...(await lookInside(reading, settings, asOf))]
  } catch (error) {
    // A file that opens may be damaged further in, or be locked since.
    return withSkipped([checkDatabase(unusable(error, opening.facts.path)), keys])
  } finally {
    await reading.sessions.close()
  }
}

function withSkipped(known: readonly Finding[]): readonly Finding[] {
  const done = new Set(known.map((finding) => finding.check))
  const missing = checkNames.filter((name) => !done.has(name))
  return [
    ...known,
    ...missing.map((name) => skipped(name, 'Not looked at: the database cannot be looked into.')),
  ]
}

async function lookInside(
  { sessions, storage }: Reading,
  settings: Settings,
  asOf: { now: Instant },
): Promise<readonly Finding[]> {
  const { now } = asOf
  const position = await storage.events.latest()
  const [newest] = await storage.events.read(position - 1, 1)
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
    checkClock({ now, newestEventAt: newest?.at ?? null }),
    checkCleanup({ overdueByAnHour, overdueByADay }),
    checkDeadlines({ overdue, limit: mostBacklog }),
    checkCounters(await countTwice({ sessions, storage })),
    checkAddresses({
      addresses: page.items.map((session) => session.ipAddress),
      trustedProxies: settings.trustedProxies,
      isLocalOnly: isLocalOnly(settings),
    }),
  ]
}

/** On a server with much to do it takes a few attempts until nobody signs in or out meanwhile. */
const attempts = 5

async function countTwice({ storage: { statistics } }: Reading): Promise<CounterFacts> {
  for (let attempt = 1; ; attempt += 1) {
    const { active: earlier } = await statistics.totals()
    const recounted = await statistics.recountActive()
    const { active: later } = await statistics.totals()
    if (recounted === earlier || attempt === attempts) return { before: earlier, recounted, after: later }
  }
}

function isLocalOnly({ publicUrl, host }: Settings): boolean {
  return isLoopbackHost(publicUrl === null ? host : new URL(publicUrl).hostname)
}
