import type { JsonObject } from '../foundation/json.ts'
import { type Instant, instantOf } from '../foundation/time.ts'
import type { Observation, ObservationKind } from '../model/observation.ts'
import type { SessionEvent } from '../model/session-event.ts'

/** What detectors see of an event; null of most: there is nothing to notice in them. */
export function observationOfEvent(event: SessionEvent): Observation | null {
  const kind = kindOf(event)
  if (kind === null || (event.userId === null && kind !== 'source-limited')) return null
  const { position, at, userId, sessionId, deviceId, facts, before, after } = event
  const isOfSource = kind === 'source-limited'
  return {
    position,
    kind,
    at,
    userId,
    sessionId,
    deviceId,
    sighting: facts?.sighting ?? null,
    before: facts?.before ?? null,
    lastUsedAt: instantIn(before, 'last_used_at'),
    source: isOfSource ? textIn(after, 'source') : null,
    refused: isOfSource ? numberIn(after, 'refused') : null,
  }
}

function kindOf({ type, reason, after }: SessionEvent): ObservationKind | null {
  switch (type) {
    case 'session.created':
      // Somebody who still owes a factor has not signed in. Whoever completes it has.
      return after?.['stage'] === 'pending' ? null : 'sign-in'
    case 'session.network-changed':
      return 'network-changed'
    case 'session.client-changed':
      return 'client-changed'
    case 'session.ended':
      return reason === 'token-reuse' ? 'token-reused' : null
    case 'rate-limit.exceeded':
      return after?.['limit'] === 'refused-credentials' ? 'source-limited' : null
    default:
      return null
  }
}

function instantIn(state: JsonObject | null, name: string): Instant | null {
  const value = numberIn(state, name)
  return value === null ? null : instantOf(value)
}

function numberIn(state: JsonObject | null, name: string): number | null {
  const value = state?.[name]
  return typeof value === 'number' ? value : null
}

function textIn(state: JsonObject | null, name: string): string | null {
  const value = state?.[name]
  return typeof value === 'string' ? value : null
}
