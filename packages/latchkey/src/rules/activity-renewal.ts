import { between, type Instant } from '../foundation/time.ts'
import { activityResolution } from './session-policy.ts'

/**
 * Whether a use is worth recording: when the one on record is older than half the resolution. The other half
 * is what the writer may take to bring it to the store before an idle timeout could come early.
 */
export function activityIsDue(recorded: Instant | null, now: Instant): boolean {
  return recorded === null || between(recorded, now) >= activityResolution / 2
}
