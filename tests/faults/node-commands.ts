import type { VerifyAnswer } from './coherence-history.ts'

/** How many live sessions some users may have. */
export const limitOfSome = 5

/** What a node of the harness is asked to do. */
export type NodeCommand =
  | {
      readonly kind: 'create'
      readonly userId: string
      readonly replaces: string | null
      /** Null, or `limitOfSome`. */
      readonly limit: number | null
    }
  | {
      readonly kind: 'sign-in'
      readonly userId: string
      /** What the browser kept of an earlier sign-in; null: it keeps nothing. */
      readonly shown: string | null
    }
  | { readonly kind: 'verify'; readonly token: string }
  | { readonly kind: 'renew'; readonly id: string }
  | { readonly kind: 'rotate'; readonly shown: string }
  | { readonly kind: 'end'; readonly id: string }
  | { readonly kind: 'end-user'; readonly userId: string }
  | { readonly kind: 'end-device'; readonly deviceId: string }
  | { readonly kind: 'cut-off'; readonly userId: string | null }
  | { readonly kind: 'disable' | 'enable'; readonly userId: string }
  | { readonly kind: 'list' | 'count'; readonly userId: string }

/** The same for what is no part of a history. */
export interface NodeQuestion {
  readonly kind: 'state'
}

/** What came of it. `refused`: the user is disabled. `failed`: the library threw, and whether it may have happened is not known. */
export type NodeAnswer =
  | { readonly kind: 'create'; readonly token: string; readonly createdAt: number }
  | { readonly kind: 'sign-in'; readonly token: string; readonly kept: string; readonly createdAt: number }
  | { readonly kind: 'refused' }
  | {
      readonly kind: 'verify'
      readonly answer: VerifyAnswer
      readonly accepted: string | null
      readonly isCached: boolean
      readonly isNoted: boolean
    }
  | { readonly kind: 'renew' | 'rotate'; readonly token: string | null }
  | {
      readonly kind: 'end'
      readonly isEnded: boolean
      readonly confirmed: number
      readonly fenced: number
    }
  | { readonly kind: 'end-user' | 'end-device' | 'disable'; readonly ended: number }
  | { readonly kind: 'cut-off'; readonly notBefore: number }
  | { readonly kind: 'enable'; readonly isEnabled: boolean }
  | { readonly kind: 'count'; readonly counted: number }
  | { readonly kind: 'list'; readonly ids: readonly string[] }
  | { readonly kind: 'state'; readonly lease: string }
  | NodeFailure

export interface NodeFailure {
  readonly kind: 'failed'
  readonly code: string
  readonly isRetryable: boolean
  readonly message: string
}

/** From the harness to a node. */
export interface NodeRequest {
  readonly number: number
  readonly command: NodeCommand | NodeQuestion
}

/** From a node to the harness. */
export type NodeMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly number: number; readonly answer: NodeAnswer }
