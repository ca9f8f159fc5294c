import type { Clock, SessionId } from 'latchkey'
import { plainEvent } from 'latchkey/ports'
import type { StoredAccount } from './account.ts'
import type { AccountStore } from './account-store.ts'
import type { Origin } from './origin.ts'
import type { PasswordHasher } from './password-hasher.ts'
import { normalisePassword, passwordFault } from './password-rules.ts'

/** What the event of a change of the password says beside whose it is. */
export interface PasswordChange extends Origin {
  /** In which session it was asked for; null where in none. */
  readonly sessionId: SessionId | null
  /** Which sessions of the account end with it. Whoever changes it ends them: they are in no account. */
  readonly endedSessions: 'all' | 'others' | 'none'
}

export type PasswordChangeOutcome =
  | { readonly kind: 'changed' }
  /** `message` completes a sentence that begins with the password. */
  | { readonly kind: 'invalid'; readonly message: string }
  /** By somebody else, since the one before was looked at. Nothing was changed by this. */
  | { readonly kind: 'changed-meanwhile' }

/** That somebody knew the password of an account, as it was at that moment. */
export interface ProvedPassword {
  /** Whether it is the account's password still. */
  isCurrent(): Promise<boolean>
  /** Puts another in its place, where it is the account's still: of several at once one comes through. */
  replace(next: string, change: PasswordChange): Promise<PasswordChangeOutcome>
}

export interface PasswordChanging {
  readonly store: AccountStore
  readonly clock: Clock
  readonly hasher: PasswordHasher
}

/** `password` is what the account was proved by. */
export function provedPassword(
  changing: PasswordChanging,
  account: StoredAccount,
  password: string,
): ProvedPassword {
  return {
    isCurrent: async () => (await changing.store.find(account.id))?.passwordHash === account.passwordHash,
    replace: async (next, change) =>
      normalisePassword(next) === normalisePassword(password)
        ? { kind: 'invalid', message: 'must be another one than before' }
        : replacePassword(changing, account, next, change),
  }
}

/** Changes it from what it was when the account was read. */
export async function replacePassword(
  { store, clock, hasher }: PasswordChanging,
  { id, email, passwordHash: before }: StoredAccount,
  next: string,
  { by, request, sessionId, endedSessions }: PasswordChange,
): Promise<PasswordChangeOutcome> {
  const fault = passwordFault(next, email)
  if (fault !== null) return { kind: 'invalid', message: fault }
  const passwordHash = await hasher.hash(normalisePassword(next))
  const event = plainEvent({
    type: 'account.password-changed',
    at: clock.now(),
    userId: id,
    actor: by,
    request,
    sessionId,
    after: { ended_sessions: endedSessions },
  })
  const isChanged = await store.replacePasswordHash({ id, before, passwordHash }, event)
  return { kind: isChanged ? 'changed' : 'changed-meanwhile' }
}
