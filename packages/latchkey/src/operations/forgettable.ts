import { between, type Duration, type Instant } from '../foundation/time.ts'
import {
  alertsForgottenBefore,
  auditForgottenBefore,
  bulkEndingsForgottenBefore,
  forgottenBefore,
  historiesForgottenBefore,
  rollupsForgottenBefore,
} from '../rules/retention.ts'
import type { Wiring } from './wiring.ts'

/** What has a retention of its own. `events` are the audit log, too. */
export const retainedKinds = [
  'sessions',
  'events',
  'alerts',
  'rollup-hours',
  'rollup-days',
  'histories',
  'bulk-endings',
] as const
/** One of {@link retainedKinds}. */
export type RetainedKind = (typeof retainedKinds)[number]

/** What retention would forget of a kind. */
export interface Forgettable {
  readonly kind: RetainedKind
  /** Null: it is kept for ever. */
  readonly period: Duration | null
  /** What is older goes; null: nothing does. */
  readonly before: Instant | null
  readonly count: number
  /** The count stopped there; there may be more. */
  readonly isLeast: boolean
}

/** Counting stops here: past it, nobody waits for the exact number. */
export const mostForgettable = 100_000

export async function forgettable(wiring: Wiring): Promise<readonly Forgettable[]> {
  const now = wiring.clock.now()
  const found: Forgettable[] = []
  for (const kind of retainedKinds) {
    const before = limitOf(wiring, kind, now)
    const count = before === null ? 0 : await countOf(wiring, kind, before)
    const period = before === null ? null : between(before, now)
    found.push({ kind, period, before, count, isLeast: count >= mostForgettable })
  }
  return found
}

function limitOf({ policy }: Wiring, kind: RetainedKind, now: Instant): Instant | null {
  switch (kind) {
    case 'sessions':
      return forgottenBefore(policy, now)
    case 'events':
      return auditForgottenBefore(policy, now)
    case 'alerts':
      return alertsForgottenBefore(policy, now)
    case 'rollup-hours':
      return rollupsForgottenBefore(policy, 'hour', now)
    case 'rollup-days':
      return rollupsForgottenBefore(policy, 'day', now)
    case 'histories':
      return historiesForgottenBefore(policy, now)
    case 'bulk-endings':
      return bulkEndingsForgottenBefore(now)
  }
}

async function countOf(wiring: Wiring, kind: RetainedKind, before: Instant): Promise<number> {
  const { statistics, alerts, rollups, bulkEndings } = wiring.storage
  switch (kind) {
    case 'sessions':
      return statistics.countEndedBefore(before, mostForgettable)
    case 'events':
      return countEvents(wiring, before)
    case 'alerts':
      return alerts.countBefore(before, mostForgettable)
    case 'rollup-hours':
      return rollups.countBefore('hour', before, mostForgettable)
    case 'rollup-days':
      return rollups.countBefore('day', before, mostForgettable)
    case 'histories':
      return alerts.countHistoriesBefore(before, mostForgettable)
    case 'bulk-endings':
      return bulkEndings.countBefore(before, mostForgettable)
  }
}

/** Whole links of the chain go, as far as it has come. */
async function countEvents({ storage }: Wiring, before: Instant): Promise<number> {
  const link = await storage.auditLinks.latestBefore(before)
  return link === null ? 0 : storage.events.countUpTo(link.last, mostForgettable)
}
