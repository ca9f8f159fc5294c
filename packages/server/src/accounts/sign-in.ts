import type { Account } from './account.ts'
import type { Accounts, Credentials } from './accounts.ts'
import { normaliseEmail } from './email-address.ts'
import { TooManyPasswords } from './password-hasher.ts'
import type { SignInThrottle } from './sign-in-throttle.ts'

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly account: Account }
  /** One and the same whether there is such an account or not. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }

export type ConfirmOutcome = { readonly kind: 'confirmed' } | Exclude<SignInOutcome, { kind: 'signed-in' }>

/** Checking passwords under the throttle. */
export interface SignIn {
  signIn(credentials: Credentials, ipAddress: string | null): Promise<SignInOutcome>
  /** Proves again that who is signed in knows the password. */
  confirm(accountId: string, password: string, ipAddress: string | null): Promise<ConfirmOutcome>
}

export function createSignIn(accounts: Accounts, throttle: SignInThrottle): SignIn {
  return {
    signIn: async (credentials, ipAddress) => {
      const account = normaliseEmail(credentials.email) ?? credentials.email.trim().toLowerCase()
      const checked = await throttled(throttle, { account, ipAddress }, () =>
        accounts.authenticate(credentials),
      )
      return 'kind' in checked ? checked : { kind: 'signed-in', account: checked.proved }
    },
    confirm: async (accountId, password, ipAddress) => {
      const checked = await throttled(throttle, { account: accountId, ipAddress }, async () =>
        (await accounts.confirm(accountId, password)) ? true : null,
      )
      return 'kind' in checked ? checked : { kind: 'confirmed' }
    },
  }
}

type Checked<Proof> = { readonly proved: Proof } | Exclude<SignInOutcome, { kind: 'signed-in' }>

async function throttled<Proof>(
  throttle: SignInThrottle,
  attempt: { readonly account: string; readonly ipAddress: string | null },
  check: () => Promise<Proof | null>,
): Promise<Checked<Proof>> {
  const wait = await throttle.admit(attempt)
  if (wait !== null) return { kind: 'throttled', retryAfterSeconds: wait }
  try {
    const proved = await check()
    if (proved === null) return { kind: 'refused' }
    await throttle.succeeded(attempt)
    return { proved }
  } catch (error) {
    // An outage must not lock out everybody who tried to sign in meanwhile.
    await throttle.unchecked(attempt)
    if (error instanceof TooManyPasswords) return { kind: 'throttled', retryAfterSeconds: 2 }
    throw error
  }
}
