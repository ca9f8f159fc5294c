import { idOfToken, type Operation, type VerifyAnswer } from './coherence-history.ts'

/** Calls of a made-up history, each from `startedAt` to `endedAt`. What is not said about a call is the usual. */
type Span = readonly [startedAt: number, endedAt: number]

export const session = 'ses_aa'
export const user = 'user-1'
export const firstToken: string = `${session}.first`
export const secondToken: string = `${session}.second`
export const thirdToken: string = `${session}.third`
const never = Number.POSITIVE_INFINITY

function at([startedAt, endedAt]: Span): { node: string; startedAt: number; endedAt: number } {
  return { node: 'node-1', startedAt, endedAt }
}

export const create = (
  span: Span,
  token: string | null = firstToken,
  replaces: string | null = null,
  limit: number | null = null,
): Operation => ({
  ...at(span),
  kind: 'create',
  userId: user,
  replaces,
  limit,
  token,
  createdAt: token === null ? null : span[0],
  isRefused: false,
})

/** As the user is disabled. */
export const refusedCreate = (span: Span): Operation => ({
  ...at(span),
  kind: 'create',
  userId: user,
  replaces: null,
  limit: null,
  token: null,
  createdAt: null,
  isRefused: true,
})

export const deviceToken = 'dev_aa.mac'

/** On that device; `shown` null: it was added. */
export const signIn = (
  span: Span,
  token: string | null = firstToken,
  shown: string | null = deviceToken,
  kept: string | null = deviceToken,
): Operation => ({
  ...at(span),
  kind: 'sign-in',
  userId: user,
  shown,
  token,
  kept: token === null ? null : kept,
  createdAt: token === null ? null : span[0],
  isRefused: false,
})

export const endDevice = (span: Span, ended: number | null = 1): Operation => ({
  ...at(span),
  kind: 'end-device',
  deviceId: 'dev_aa',
  ended,
})

export const verify = (
  span: Span,
  answer: VerifyAnswer | null,
  token: string = firstToken,
  { isCached = false, isNoted = true }: { readonly isCached?: boolean; readonly isNoted?: boolean } = {},
): Operation => ({
  ...at(span),
  kind: 'verify',
  token,
  answer,
  accepted: answer === 'accepted' ? `${idOfToken(token)} ${user}` : null,
  isCached,
  isNoted,
})

export const acceptedAs = (span: Span, accepted: string): Operation => ({
  ...at(span),
  kind: 'verify',
  token: firstToken,
  answer: 'accepted',
  accepted,
  isCached: true,
  isNoted: true,
})

export const renew = (span: Span, token: string | null = secondToken): Operation => ({
  ...at(span),
  kind: 'renew',
  id: session,
  outcome: token === null ? null : 'renewed',
  token,
})

export const refusedRenewal = (span: Span): Operation => ({
  ...at(span),
  kind: 'renew',
  id: session,
  outcome: 'not-live',
  token: null,
})

/** `token` null: it failed. */
export const rotate = (
  span: Span,
  token: string | null = secondToken,
  shown: string = firstToken,
): Operation => ({
  ...at(span),
  kind: 'rotate',
  shown,
  outcome: token === null ? null : 'rotated',
  token,
})

export const fruitlessRotation = (span: Span, shown: string = firstToken): Operation => ({
  ...at(span),
  kind: 'rotate',
  shown,
  outcome: 'nothing',
  token: null,
})

/** Calls and wall clock have the same instants in a made-up history. */
export const cutOff = (
  span: Span,
  notBefore: number | null = span[0],
  userId: string | null = user,
): Operation => ({ ...at(span), kind: 'cut-off', userId, notBefore })

export const disable = (span: Span, ended: number | null = 1): Operation => ({
  ...at(span),
  kind: 'disable',
  userId: user,
  ended,
})

export const enable = (span: Span, outcome: 'enabled' | 'nothing' | null = 'enabled'): Operation => ({
  ...at(span),
  kind: 'enable',
  userId: user,
  outcome,
})

export const count = (span: Span, counted: number | null): Operation => ({
  ...at(span),
  kind: 'count',
  userId: user,
  counted,
})

export const end = (span: Span, outcome: 'ended' | 'nothing' | null = 'ended'): Operation => ({
  ...at(span),
  kind: 'end',
  id: session,
  outcome,
})

/** Nobody ever heard of it again. */
export const endUnanswered = (startedAt: number): Operation => end([startedAt, never], null)

export const endUser = (span: Span, ended: number | null = 1): Operation => ({
  ...at(span),
  kind: 'end-user',
  userId: user,
  ended,
})

export const list = (span: Span, ids: readonly string[] | null): Operation => ({
  ...at(span),
  kind: 'list',
  userId: user,
  ids,
})
