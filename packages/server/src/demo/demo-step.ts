import type { Instant } from 'latchkey'

/** One thing that happens in the demonstration's story. Sessions and devices go by names of the story: `<user>/<number>`. */
export type DemoStep =
  | DemoSignIn
  | DemoUse
  | { readonly kind: 'sign-out'; readonly at: Instant; readonly session: string }
  /** Ended from another of the user's sessions. */
  | { readonly kind: 'end-one'; readonly at: Instant; readonly session: string }
  | { readonly kind: 'end-others'; readonly at: Instant; readonly user: number; readonly except: string }
  /** By an administrator: a lost laptop, a colleague who left. */
  | { readonly kind: 'end-all'; readonly at: Instant; readonly user: number }
  | { readonly kind: 'name-device'; readonly at: Instant; readonly device: string; readonly name: string }
  | { readonly kind: 'trust-device'; readonly at: Instant; readonly device: string; readonly days: number }
  /** Its browser is looked at, where that is switched on. */
  | {
      readonly kind: 'look-at-device'
      readonly at: Instant
      readonly device: string
      readonly components: Readonly<Record<string, string>>
    }
  | { readonly kind: 'clean-up'; readonly at: Instant }

export interface DemoUse {
  readonly kind: 'use'
  readonly at: Instant
  readonly session: string
  /** Left out: as at the sign-in. */
  readonly ipAddress?: string
  readonly userAgent?: string
}

export interface DemoSignIn {
  readonly kind: 'sign-in'
  readonly at: Instant
  readonly user: number
  readonly session: string
  /** The browser. It has no more than one session at a time. */
  readonly device: string
  /** The session that it had until now. */
  readonly replaces: string | null
  /** Null: the policy's lifetime. */
  readonly expiresInDays: number | null
  readonly userAgent: string
  readonly clientHints: Readonly<Record<string, string>> | null
  readonly ipAddress: string
  readonly location: string
  readonly amr: readonly string[]
}

/** The user that the step is about; null: all of them. */
export function userOfStep(step: DemoStep): number | null {
  if (step.kind === 'clean-up') return null
  if ('user' in step) return step.user
  return Number(('session' in step ? step.session : step.device).split('/', 1)[0])
}
