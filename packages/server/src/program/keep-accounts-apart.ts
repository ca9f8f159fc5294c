import type { Sessions } from 'latchkey'
import { ProblemError } from 'latchkey/http'
import type { Accounts } from '../accounts/accounts.ts'

/**
 * The same sessions, in which no host back end signs anybody in to the program itself: an API key that could
 * would be worth as much as the password of every administrator. Its own users it signs in as before.
 */
export function keepAccountsApart(sessions: Sessions, accounts: Pick<Accounts, 'find'>): Sessions {
  return {
    ...sessions,
    createSession: async (wanted) => {
      const isOfHost = wanted.createdBy?.startsWith('service:') ?? false
      if (isOfHost && (await accounts.find(wanted.userId)) !== null) {
        throw new ProblemError(
          'invalid-input',
          'user_id: is an account of this program, which signs in itself.',
          {
            field: 'user_id',
          },
        )
      }
      return sessions.createSession(wanted)
    },
  }
}
