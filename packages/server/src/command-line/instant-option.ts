import { InvalidArgumentError } from 'commander'
import { type Instant, instantOf } from 'latchkey'

/** A point in time on a command line: `2026-06-01T12:00:00Z`, or `2026-06-01` for its beginning in UTC. */
export function instantFrom(text: string): Instant {
  const isWellFormed = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
  const milliseconds = isWellFormed ? Date.parse(text) : Number.NaN
  if (Number.isNaN(milliseconds)) {
    throw new InvalidArgumentError('It must be a point in time such as 2026-06-01T12:00:00Z.')
  }
  return instantOf(milliseconds)
}
