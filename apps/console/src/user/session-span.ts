import type { ManagedSession } from 'latchkey/client'

/** A session on a line of time, as shares of its length. */
export interface SessionSpan {
  /** From 0 to 1. */
  readonly start: number
  /** Up to 1 - `start`; never so short that it cannot be seen. */
  readonly length: number
}

/** A line of time. Instants in milliseconds since 1970. */
export interface TimeLine {
  readonly from: number
  readonly until: number
}

const shortestShare = 0.006
const shortestLine = 3_600_000

type Timed = Pick<ManagedSession, 'created_at' | 'ended_at' | 'is_active' | 'last_accessed' | 'expires_at'>

/** From the first sign-in among them until now. */
export function timeLineOf(sessions: readonly Timed[], now: number): TimeLine {
  const first = Math.min(now, ...sessions.map(({ created_at: at }) => Date.parse(at)))
  return { from: Math.min(first, now - shortestLine), until: now }
}

/** Of a session that is over without a noted end, until it was last used. */
export function spanOf(session: Timed, { from, until }: TimeLine): SessionSpan {
  const length = until - from
  const begin = clamped((Date.parse(session.created_at) - from) / length)
  const end = clamped((endOf(session, until) - from) / length)
  const share = Math.max(shortestShare, end - begin)
  return { start: Math.min(begin, 1 - share), length: share }
}

function endOf(session: Timed, now: number): number {
  if (session.is_active) return now
  return Date.parse(session.ended_at ?? session.last_accessed ?? session.created_at)
}

function clamped(share: number): number {
  return Math.max(0, Math.min(1, share))
}
