import type { SignOutReason } from './sign-out-reason.ts'

let intended: SignOutReason | null = null

/**
 * Says beforehand why this session is about to end, for the words at the sign-in page: the live list may
 * learn of the ending before the call that asked for it is answered. Null: it did not come to that.
 */
export function intendDeparture(reason: SignOutReason | null): void {
  intended = reason
}

export function takeIntendedDeparture(): SignOutReason | null {
  const reason = intended
  intended = null
  return reason
}
