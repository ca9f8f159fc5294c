import type { Clock, Duration } from '../foundation/time.ts'
import { hasRecentAuthentication } from '../operations/recent-authentication.ts'
import type { Sessions } from '../operations/sessions.ts'
import { type Activity, activityOf } from '../transport/activity.ts'
import { isUnsafe } from '../transport/cross-site-check.ts'
import type { GuardOutcome, SignedIn } from '../transport/guard-outcome.ts'
import type { RefusedKind } from '../transport/refused-requests.ts'
import { unknownConnection } from '../transport/request-head.ts'
import type { SessionGuard } from '../transport/session-guard.ts'
import type { ApiContext } from './api-environment.ts'
import { crossSiteRequest, factorRequired, type ProblemError, reauthenticationRequired } from './problem.ts'
import { type Refusals, refusedProblem } from './refusals.ts'

/** Who asks, as routes build on it. */
export interface SessionTools {
  /**
   * The session of the request, verified once; its token is rotated where that is due. Throws `unauthenticated`,
   * `factor-required`, or `cross-site-request` where the cookie may not act.
   */
  requireSession(context: ApiContext, activity?: Activity): Promise<SignedIn>
  /** As `requireSession`; null where there is no good credential. */
  optionalSession(context: ApiContext): Promise<SignedIn | null>
  /**
   * As `requireSession`, for what needs a proof of identity that is not older than the window; default: what the policy
   * says for the session. Null: any age. Throws `reauthentication-required`.
   */
  requireRecent(context: ApiContext, window?: Duration | null): Promise<SignedIn>
  /** What to throw for a request that is not signed in. A source that guesses gets `too-many-attempts`. */
  refusalOf(context: ApiContext, outcome: Exclude<GuardOutcome, { kind: 'signed-in' }>): ProblemError
  /** Writes `request.refused` to the audit log, of each kind and source once a minute; `target` is the id of what was wanted. Never rejects. */
  recordRefusal(context: ApiContext, kind: RefusedKind, target?: string): Promise<void>
}

export interface SessionToolsOptions {
  readonly sessions: Sessions
  readonly guard: SessionGuard
  readonly refusals?: Refusals | undefined
  readonly clock: Clock
}

/** In which session a request is, verified once, and what is said where it is in none. */
export function sessionTools(options: SessionToolsOptions): SessionTools {
  const { sessions, guard, refusals, clock } = options
  const outcomeOf = outcomesOf(options)
  const addressOf = (context: ApiContext): string | null =>
    guard.facts(context.req.raw, connectionOf(context)).ipAddress
  const tools: SessionTools = {
    async requireSession(context, activity) {
      const outcome = await outcomeOf(context, activity)
      if (outcome.kind === 'signed-in') return outcome
      throw tools.refusalOf(context, outcome)
    },
    async optionalSession(context) {
      const outcome = await outcomeOf(context)
      return outcome.kind === 'signed-in' ? outcome : null
    },
    async requireRecent(context, window) {
      const signedIn = await tools.requireSession(context)
      const isRecent = hasRecentAuthentication(sessions.policy, signedIn.session, clock.now(), window)
      if (!isRecent) throw reauthenticationRequired()
      return signedIn
    },
    refusalOf(context, outcome) {
      if (outcome.kind === 'cross-site') return crossSiteRequest()
      const refused = outcome.kind === 'refused' ? outcome : null
      if (refused === null) return refusedProblem(undefined, null, 'unknown')
      if (refused.reason === 'pending') return factorRequired()
      return refusedProblem(refusals, addressOf(context), refused.reason, refused.setCookies)
    },
    async recordRefusal(context, kind, target) {
      const by = context.get('signedIn')?.session ?? null
      const about = target === undefined ? {} : { target }
      const service = context.get('service')
      const actor = service === undefined ? {} : { actor: `service:${service.id}` }
      const request = context.get('requestId')
      await guard.noteRefused({ kind, ipAddress: addressOf(context), request, by, ...about, ...actor })
    },
  }
  return tools
}

/** What the server said of the connection. */
export function connectionOf(context: ApiContext): { readonly remoteAddress: string | null } {
  return context.env?.connection ?? unknownConnection
}

function outcomesOf({ guard }: SessionToolsOptions) {
  /** Where the answer reaches the browser of a person, a token that is due gets its successor with it. */
  async function rotateWhereDue(context: ApiContext, found: SignedIn, activity: Activity): Promise<void> {
    if (!found.rotationDue || found.credential !== 'cookie' || activity === 'background') return
    context.set('rotatedCookies', await guard.rotate(context.req.raw, context.get('requestId')))
  }
  return async (context: ApiContext, asked?: Activity): Promise<GuardOutcome> => {
    const known = context.get('signedIn')
    if (known !== undefined) return { kind: 'signed-in', ...known }
    const { raw } = context.req
    const activity = asked ?? activityOf(raw)
    const request = context.get('requestId')
    const outcome = await guard.check(raw, { activity, connection: connectionOf(context), request })
    if (isUnsafe(raw)) context.set('isDecidedBySite', true)
    if (outcome.kind === 'signed-in') {
      const { kind: _, ...found } = outcome
      context.set('signedIn', found)
      await rotateWhereDue(context, found, activity)
    }
    return outcome
  }
}
