import type { Sessions } from '../operations/sessions.ts'
import type { VerifyOptions } from '../operations/verify-session.ts'
import { activityOf } from './activity.ts'
import type { SessionGuard } from './guard-interface.ts'
import { type CheckOptions, check, type GuardOutcome, identify, identifyCached } from './guard-outcome.ts'
import type { PublicAddress } from './public-address.ts'
import type { NoteRefused, RefusedKind } from './refused-requests.ts'
import { type ConnectionFacts, headerOf, type RequestHead } from './request-head.ts'

export interface GuardChecksOptions {
  readonly sessions: Sessions
  readonly address: PublicAddress
  readonly noteRefused: NoteRefused
  readonly addressOf: (head: RequestHead, connection: ConnectionFacts) => string | null
}

type Seen = Pick<VerifyOptions, 'ipAddress' | 'userAgent'>

/** The questions of a guard, and word to the audit log of what nobody sends by accident. */
export function guardChecks({
  sessions,
  address,
  noteRefused,
  addressOf,
}: GuardChecksOptions): Pick<SessionGuard, 'check' | 'identify' | 'identifyCached'> {
  const bindsNetwork = mayBindNetwork(sessions)
  const seen = whatIsCompared(sessions, bindsNetwork, addressOf)

  function verifyOptions(head: RequestHead, options: CheckOptions): VerifyOptions {
    const { connection, activity = activityOf(head), ...others } = options
    return { ...others, activity, ...seen(head, connection) }
  }

  async function noted(
    head: RequestHead,
    options: CheckOptions,
    outcome: GuardOutcome,
  ): Promise<GuardOutcome> {
    const kind = kindOfRefusal(outcome)
    if (kind === null) return outcome
    const { connection, request = null } = options
    const ipAddress = connection === undefined ? null : addressOf(head, connection)
    await noteRefused({ kind, ipAddress, request })
    return outcome
  }

  return {
    check: async (head, options = {}) =>
      noted(head, options, await check(sessions, address, head, verifyOptions(head, options))),
    identify: async (head, options = {}) =>
      noted(head, options, await identify(sessions, address, head, verifyOptions(head, options))),
    // Whether the network is another one shows in headers that are not read there.
    identifyCached: (headers, head, connection) => {
      if (bindsNetwork) return null
      return identifyCached(sessions, address, headers, head === undefined ? {} : seen(head, connection))
    },
  }
}

const nothingSeen: Seen = {}

/** What the sign-in is compared with, where anybody looks at that; otherwise the request is not. */
function whatIsCompared(
  { observedChanges: { network, client } }: Sessions,
  bindsNetwork: boolean,
  addressOf: GuardChecksOptions['addressOf'],
): (head: RequestHead, connection: ConnectionFacts | undefined) => Seen {
  if (!bindsNetwork && !network && !client) return () => nothingSeen
  return (head, connection) => ({
    ...((bindsNetwork || network) && connection && { ipAddress: addressOf(head, connection) }),
    ...(client && { userAgent: headerOf(head, 'user-agent') }),
  })
}

/** Whether the policy looks at networks at all; what it makes of them is for `verifySession`. */
function mayBindNetwork({ policy }: Sessions): boolean {
  return [policy, ...policy.rules].some(({ networkBinding = 'off' }) => networkBinding !== 'off')
}

/** As what the audit log should know of it; null: not at all. */
export function kindOfRefusal(outcome: GuardOutcome): RefusedKind | null {
  if (outcome.kind === 'cross-site') return 'cross-site'
  if (outcome.kind !== 'refused') return null
  if (outcome.reason === 'both') return 'two-credentials'
  return outcome.reason === 'planted' ? 'planted-cookie' : null
}
