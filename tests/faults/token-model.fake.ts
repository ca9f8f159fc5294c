import type { Operation } from './coherence-history.ts'
import {
  create,
  firstToken,
  fruitlessRotation,
  refusedRenewal,
  renew,
  rotate,
  session,
  verify,
} from './history-sample.ts'

/** A call on one session. Each happens at one instant, some time after the one before. */
export interface TokenStep {
  readonly call: 'verify' | 'rotate' | 'renew'
  /** Which of the tokens that somebody was given, the newest first. */
  readonly token: number
  readonly pause: number
  /** How long before that instant it began, and how long after it ended. */
  readonly before: number
  readonly after: number
  readonly isHeard: boolean
}

type Span = readonly [number, number]

/** A session as the rules of tokens have it, in as few words as possible. */
class TokenModel {
  tokens: string[] = [firstToken]
  #isLive = true
  #issuedAt = 0
  #usedAt: number | null = null
  #isRotated = false

  verify(token: string, at: number): 'accepted' | 'revoked' | 'unknown' {
    const kind = this.#kindOf(token, at)
    if (kind === 'unknown') return 'unknown'
    if (kind === 'stolen') this.#isLive = false
    if (!this.#isLive) return 'revoked'
    if (kind === 'current') this.#usedAt ??= at
    return 'accepted'
  }

  rotate(token: string, at: number): string | null {
    const kind = this.#kindOf(token, at)
    if (kind === 'stolen') this.#isLive = false
    if (!this.#isLive || kind === 'unknown' || kind === 'stolen') return null
    if (kind === 'current') return this.#replace('rotation', at)
    return this.#isRotated && this.#usedAt === null ? (this.tokens.at(-1) ?? null) : null
  }

  renew(at: number): string | null {
    return this.#isLive ? this.#replace('renewal', at) : null
  }

  #replace(cause: 'rotation' | 'renewal', at: number): string {
    const token = `${session}.${this.tokens.length}`
    this.tokens.push(token)
    this.#issuedAt = at
    this.#usedAt = null
    this.#isRotated = cause === 'rotation'
    return token
  }

  #kindOf(token: string, at: number): 'current' | 'previous' | 'stolen' | 'unknown' {
    const age = this.tokens.length - 1 - this.tokens.indexOf(token)
    if (age === 0) return 'current'
    if (age > 1) return !this.#isRotated && at - this.#issuedAt < 30_000 ? 'unknown' : 'stolen'
    const goodUntil = Math.min(this.#issuedAt + 30_000, (this.#usedAt ?? Number.POSITIVE_INFINITY) + 5_000)
    return at < goodUntil ? 'previous' : 'stolen'
  }
}

/** What is told of it. A token is shown only by whoever was given it, after the answer that brought it. */
export function toldOfTokens(steps: readonly TokenStep[]): Operation[] {
  const model = new TokenModel()
  const history: Operation[] = [create([-10, 0])]
  const given = [{ token: firstToken, from: 0 }]
  let at = 1
  for (const { call, token: wanted, pause, before, after, isHeard } of steps) {
    at += pause
    const known = given.filter(({ from }) => from < at)
    const { token, from } = known.at(-1 - (wanted % known.length)) ?? { token: firstToken, from: 0 }
    const span: Span = [Math.max(from + 0.1, at - before), at + after]
    const operation = happened(model, { call, token, isHeard }, span, at)
    history.push(operation)
    if ((operation.kind === 'rotate' || operation.kind === 'renew') && operation.token !== null) {
      given.push({ token: operation.token, from: operation.endedAt })
    }
  }
  return history.sort((a, b) => a.startedAt - b.startedAt)
}

function happened(
  model: TokenModel,
  { call, token, isHeard }: Pick<TokenStep, 'call' | 'isHeard'> & { readonly token: string },
  span: Span,
  at: number,
): Operation {
  if (call === 'verify') {
    const answer = model.verify(token, at)
    return verify(span, isHeard ? answer : null, token)
  }
  if (call === 'rotate') {
    const next = model.rotate(token, at)
    return isHeard && next === null
      ? fruitlessRotation(span, token)
      : rotate(span, isHeard ? next : null, token)
  }
  const next = model.renew(at)
  return isHeard && next === null ? refusedRenewal(span) : renew(span, isHeard ? next : null)
}
