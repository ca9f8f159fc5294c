import {
  type JsonObject,
  minutes,
  type RecordedEvent,
  type SessionId,
  systemActor,
  systemClock,
} from 'latchkey'
import type { ApiContext } from 'latchkey/http'
import type { Program } from '../../program/open-program.ts'
import { onceInAWhile } from '../once-in-a-while.ts'
import type { RouteContext } from '../route-context.ts'

/** Who tried to sign in: by what they wrote, or by the session that they are in. */
export type Tried =
  | { readonly email: string }
  | {
      readonly userId: string
      readonly sessionId?: SessionId
      /** Default: the credentials were wrong, or the user is disabled. */
      readonly reason?: 'session-limit-reached' | 'user-disabled'
    }

/** Writes to the audit log who signed in, and who tried. What was typed is nowhere in it: it may be a password. */
export interface SignInAudit {
  succeeded(context: ApiContext, userId: string, sessionId: SessionId): Promise<void>
  /** Says why, which the answer does not. */
  failed(context: ApiContext, tried: Tried): Promise<void>
  /** As `failed`, of the password that has to be given for another one. */
  passwordNotChanged(context: ApiContext, tried: Tried): Promise<void>
  /** Once a minute for each source: a flood must not fill the log. */
  throttled(context: ApiContext, tried: Tried): Promise<void>
}

export function auditSignIns({ program, tools }: RouteContext): SignInAudit {
  const { sessions, nameSource } = program
  const isNews = onceInAWhile(minutes(1), systemClock)

  const sourceOf = (context: ApiContext): JsonObject => {
    const source = nameSource(tools.requestFacts(context).ipAddress)
    return source === null ? {} : { source }
  }
  const record = (context: ApiContext, event: RecordedEvent): Promise<void> => {
    const after = { ...event.after, ...sourceOf(context) }
    return sessions.recordEvents([{ ...event, request: context.get('requestId'), after }])
  }
  const recordFailure = async (context: ApiContext, type: RecordedEvent['type'], tried: Tried) => {
    const { userId, reason } = await whyItFailed(program, tried)
    const inSession = 'sessionId' in tried ? { sessionId: tried.sessionId } : {}
    await record(context, { type, actor: systemActor, userId, after: { reason }, ...inSession })
  }

  return {
    succeeded: (context, userId, sessionId) =>
      record(context, {
        type: 'sign-in.succeeded',
        actor: `user:${userId}`,
        userId,
        sessionId,
        after: { amr: ['pwd'] },
      }),

    failed: (context, tried) => recordFailure(context, 'sign-in.failed', tried),

    passwordNotChanged: (context, tried) => recordFailure(context, 'account.password-change-failed', tried),

    async throttled(context, tried) {
      // By the source alone: the time that it takes must not tell which accounts there are.
      if (!isNews(String(sourceOf(context)['source']))) return
      const userId = await userIdOf(program, tried)
      await record(context, { type: 'sign-in.throttled', actor: systemActor, userId })
    },
  }
}

async function userIdOf({ accounts }: Program, tried: Tried): Promise<string | null> {
  return 'userId' in tried ? tried.userId : ((await accounts.findByEmail(tried.email))?.id ?? null)
}

/** With the same reads whether there is such an account or not. */
async function whyItFailed(
  program: Program,
  tried: Tried,
): Promise<{ readonly userId: string | null; readonly reason: string }> {
  const userId = await userIdOf(program, tried)
  const isDisabled = await program.sessions.isUserDisabled(userId ?? 'nobody')
  const given = 'reason' in tried ? tried.reason : undefined
  return {
    userId,
    reason: given ?? (userId !== null && isDisabled ? 'user-disabled' : 'wrong-credentials'),
  }
}
