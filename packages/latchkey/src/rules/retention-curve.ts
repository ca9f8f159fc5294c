import { after, type Duration, days, hours, type Instant } from '../foundation/time.ts'
import { countUpTo, type DurationCounts } from './duration-histogram.ts'

/** After which times the curve is told; each is a bound of the histogram, so that it is exact. */
export const retentionMarks: readonly Duration[] = [
  hours(1),
  hours(4),
  hours(12),
  days(1),
  days(2),
  days(4),
  days(7),
  days(14),
  days(30),
  days(60),
  days(90),
]

/** Sessions that were created on one day. */
export interface Cohort {
  /** When the day began. */
  readonly start: Instant
  readonly created: number
  /** How long it was until they were over, of those that are. */
  readonly lasted: DurationCounts
}

/** Of all sessions, the share that was not over after that time. */
export interface RetentionPoint {
  readonly after: Duration
  /** Null where no day is as long ago. */
  readonly share: number | null
}

/**
 * The product-limit estimator of Kaplan and Meier, "Nonparametric Estimation from Incomplete Observations", Journal of the
 * American Statistical Association 53 (1958), by the grouped times of `retentionMarks`: the share that outlasts a mark is the
 * share that outlasted the one before, times the share of those that outlast this one among those that had outlasted that one.
 * Each factor is taken over the days all of whose sessions are old enough for the mark, so that what is not known yet counts
 * neither way.
 */
export function retentionCurve(cohorts: readonly Cohort[], now: Instant): readonly RetentionPoint[] {
  let share: number | null = 1
  return retentionMarks.map((mark, index) => {
    const old = cohorts.filter(({ start }) => after(after(start, days(1)), mark) <= now)
    const before = retentionMarks[index - 1]
    const atRisk = sum(
      old,
      ({ created, lasted }) => created - (before === undefined ? 0 : countUpTo(lasted, before)),
    )
    const outlasting = sum(old, ({ created, lasted }) => created - countUpTo(lasted, mark))
    const isKnown = sum(old, ({ created }) => created) > 0
    if (!isKnown) share = null
    else if (share !== null) share *= atRisk <= 0 ? 1 : Math.min(1, Math.max(0, outlasting / atRisk))
    return { after: mark, share }
  })
}

function sum(cohorts: readonly Cohort[], of: (cohort: Cohort) => number): number {
  return cohorts.reduce((total, cohort) => total + of(cohort), 0)
}
