import { canonicalAddress } from '../foundation/ip-address.ts'
import type { Instant } from '../foundation/time.ts'
import type { SessionFacts } from '../model/session.ts'
import { activityIsDue } from '../rules/activity-renewal.ts'
import { networkHasChanged } from '../rules/network-binding.ts'
import type { NetworkBinding } from '../rules/session-policy.ts'
import { statusUnder } from '../rules/session-status.ts'
import { termsFor } from '../rules/session-terms.ts'
import { sessionView } from '../rules/session-view.ts'
import { rotationIsDue } from '../rules/token-rotation.ts'
import { networkIsNoted } from './session-changes.ts'
import type { Verification, VerifyOptions } from './verification.ts'
import type { Wiring } from './wiring.ts'

const no = (reason: Extract<Verification, { active: false }>['reason']): Verification =>
  Object.freeze({ active: false, reason })

/** `idle` says the same as `expired`, and is another one: a use that is not known yet would change it. */
export const outcomes: Readonly<
  Record<'unknown' | 'expired' | 'idle' | 'revoked' | 'pending', Verification>
> = {
  unknown: no('unknown'),
  expired: no('expired'),
  idle: no('expired'),
  revoked: no('revoked'),
  pending: no('pending'),
}

/** A session together with the token by which it is asked for. */
export interface JudgedSession extends SessionFacts {
  /** Since when it has that token; null for one that has a successor. */
  readonly issuedAt: Instant | null
  readonly hasPredecessor: boolean
  /** Of one that has a successor: whether that may be handed out again, since its answer may have been lost. */
  readonly successorIsOwed?: boolean
}

/** Of a session whose token was shown. `network-changed`: there is something to be done about that first. */
export function judge(
  wiring: Wiring,
  found: JudgedSession,
  options: VerifyOptions | undefined,
  now: Instant,
): Verification | 'network-changed' {
  const terms = termsFor(wiring.policy, found)
  const status = statusUnder(found, terms, now)
  if (status !== 'live') return status === 'ended' ? howItEnded(found) : refusals[status]
  if (found.stage !== (options?.stage ?? 'complete')) {
    return found.stage === 'pending' ? outcomes.pending : outcomes.unknown
  }
  if (networkIsNew(wiring, found, terms.networkBinding.value, options)) return 'network-changed'

  const { issuedAt, hasPredecessor } = found
  const rotationDue =
    issuedAt === null
      ? found.successorIsOwed === true
      : rotationIsDue(terms.rotationInterval.value, { issuedAt, hasPredecessor }, now)
  const shown = options?.activity === 'background' ? found : afterUse(wiring, found, now)
  return { active: true, session: sessionView(shown, wiring.policy, now, terms, status), rotationDue }
}

const refusals = { expired: outcomes.expired, idle: outcomes.idle, 'cut-off': outcomes.revoked } as const

function howItEnded({ endReason }: SessionFacts): Verification {
  return endReason === 'expired' || endReason === 'idle-timeout' ? outcomes.expired : outcomes.revoked
}

/** Whether it is used from another network than at sign-in, and the policy wants something done that has not been. */
function networkIsNew(
  wiring: Wiring,
  { id, ipAddress }: SessionFacts,
  binding: NetworkBinding,
  options: VerifyOptions | undefined,
): boolean {
  if (binding === 'off' || options?.ipAddress == null) return false
  const address = canonicalAddress(options.ipAddress)
  if (!networkHasChanged(ipAddress, address)) return false
  return binding === 'end' || !networkIsNoted(wiring, id, address)
}

/** Hands the use to the activity writer when it is worth recording. Gives the session as it is then. */
function afterUse({ activity, cache }: Wiring, found: JudgedSession, now: Instant): SessionFacts {
  if (!activityIsDue(found.lastAccessedAt, now) || !activity.note(found.id, now)) return found
  // The entry may be another one: of a load that ended first, or of a session renewed since. It takes the use only.
  const cached = cache.noteUse(found.id, now)
  return cached === found ? found : { ...found, lastAccessedAt: now }
}
