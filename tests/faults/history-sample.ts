import type { Operation } from './coherence-history.ts'

/** Calls of a made-up history, each from `startedAt` to `endedAt`. What is not said about a call is the usual. */
type Span = readonly [startedAt: number, endedAt: number]

export const session = 'ses_aa'
export const user = 'user-1'
export const firstToken: string = `${session}.first`
export const secondToken: string = `${session}.second`
const never = Number.POSITIVE_INFINITY

function at([startedAt, endedAt]: Span): { node: string; startedAt: number; endedAt: number } {
  return { node: 'node-1', startedAt, endedAt }
}

export const create = (
  span: Span,
  token: string | null = firstToken,
  replaces: string | null = null,
): Operation => ({
  ...at(span),
  kind: 'create',
  userId: user,
  replaces,
  token,
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
})

export const endDevice = (span: Span, ended: number | null = 1): Operation => ({
  ...at(span),
  kind: 'end-device',
  deviceId: 'dev_aa',
  ended,
})

type Answer = 'accepted' | 'revoked' | 'expired' | 'unknown' | null

export const verify = (span: Span, answer: Answer, token: string = firstToken): Operation => ({
  ...at(span),
  kind: 'verify',
  token,
  answer,
  accepted: answer === 'accepted' ? `${session} ${user}` : null,
  isCached: true,
})

export const acceptedAs = (span: Span, accepted: string): Operation => ({
  ...at(span),
  kind: 'verify',
  token: firstToken,
  answer: 'accepted',
  accepted,
  isCached: true,
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
