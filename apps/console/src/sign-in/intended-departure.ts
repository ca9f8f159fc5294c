import type { SignOutReason } from './sign-out-reason.ts'

let intended: SignOutReason | null = null

/**
 * Does what ends this very session, and says beforehand why, for the words at the sign-in page: the live list
 * may learn of the ending before the call that asked for it is answered.
 */
export async function departing<Answer>(reason: SignOutReason, end: () => Promise<Answer>): Promise<Answer> {
  intended = reason
  try {
    return await end()
  } catch (error) {
    intended = null
    throw error
  }
}

export function takeIntendedDeparture(): SignOutReason | null {
  const reason = intended
  intended = null
  return reason
}
