import { LatchkeyError } from '../foundation/errors.ts'
import type { Duration } from '../foundation/time.ts'
import type { Timers } from '../foundation/timers.ts'

/** What the storage brings; rejects when it does not answer within the limit. It may still do what was asked. */
export async function answeredInTime<Result>(
  asked: Promise<Result>,
  limit: Duration,
  timers: Timers,
): Promise<Result> {
  const late = Promise.withResolvers<never>()
  const cancel = timers.after(limit, () =>
    late.reject(new LatchkeyError('storage-unavailable', 'The registry of nodes did not answer in time.')),
  )
  return Promise.race([asked, late.promise]).finally(cancel)
}
