import type { Accounts, Credentials, ProvedAccount } from './accounts.ts'
import { normaliseEmail } from './email-address.ts'
import type { ProvedPassword } from './password-change.ts'
import { TooManyPasswords } from './password-hasher.ts'
import type { SignInThrottle } from './sign-in-throttle.ts'

export type SignInOutcome =
  | ({ readonly kind: 'signed-in' } & ProvedAccount)
  /** One and the same whether there is such an account or not. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }

export type ConfirmOutcome =
  | { readonly kind: 'confirmed'; readonly password: ProvedPassword }
  | Exclude<SignInOutcome, { kind: 'signed-in' }>

/** Checking passwords under the throttle. */
export interface SignIn {
  signIn(credentials: Credentials, ipAddress: string | null): Promise<SignInOutcome>
  /** Proves again that who is signed in knows the password. */
  confirm(accountId: string, password: string, ipAddress: string | null): Promise<ConfirmOutcome>
}

export function createSignIn(accounts: Accounts, throttle: SignInThrottle): SignIn {
  return {
    signIn: async (credentials, ipAddress) => {
      const address = normaliseEmail(credentials.email) ?? credentials.email.trim().toLowerCase()
      // Anybody may write anything here: it must not count against what is counted under another name.
      const checked = await throttled(throttle, { account: `address ${address}`, ipAddress }, () =>
        accounts.authenticate(credentials),
      )
      return 'kind' in checked ? checked : { kind: 'signed-in', ...checked.proved }
    },
    confirm: async (accountId, password, ipAddress) => {
      const checked = await throttled(throttle, { account: `account ${accountId}`, ipAddress }, () =>
        accounts.confirm(accountId, password),
      )
      return 'kind' in checked ? checked : { kind: 'confirmed', password: checked.proved }
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
