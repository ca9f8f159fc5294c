import { type Duration, minutes } from '../foundation/time.ts'

/** How long a user has to prove the factor that they owe. */
export const pendingLifetime: Duration = minutes(10)

/** The lifetime of a session that is pending; what was asked for counts where it is shorter. */
export function lifetimeWhilePending(asked: Duration | null): Duration {
  return asked !== null && asked < pendingLifetime ? asked : pendingLifetime
}
