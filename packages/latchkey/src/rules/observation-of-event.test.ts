import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../foundation/json.ts'
import { instantOf } from '../foundation/time.ts'
import { plainEvent, type SessionEvent, type SessionEventType } from '../model/session-event.ts'
import type { Sighting } from '../model/sighting.ts'
import { observationOfEvent } from './observation-of-event.ts'

const sighting: Sighting = {
  client: 'browser',
  device: { type: 'desktop', browser: 'Chrome', browserVersion: '142', os: 'Windows', osVersion: null },
  place: null,
  amr: [],
  otherUsers: null,
}

function eventOf(type: SessionEventType, changes: Partial<SessionEvent> = {}): SessionEvent {
  const plain = plainEvent({ type, at: instantOf(5), actor: 'system', userId: '42', ...changes })
  return { ...plain, position: 7, digest: null }
}

describe('what detectors see of an event', () => {
  it.each<[SessionEventType, Partial<SessionEvent>, string | null]>([
    ['session.created', {}, 'sign-in'],
    ['session.created', { after: { stage: 'pending' } }, null],
    ['session.created', { after: { cause: 'factor', completes: 'ses_a' } }, 'sign-in'],
    ['session.network-changed', {}, 'network-changed'],
    ['session.client-changed', {}, 'client-changed'],
    ['session.ended', { reason: 'token-reuse' }, 'token-reused'],
    ['session.ended', { reason: 'logout' }, null],
    ['rate-limit.exceeded', { userId: null, after: { limit: 'refused-credentials' } }, 'source-limited'],
    ['rate-limit.exceeded', { userId: null, after: { limit: 'sign-ins' } }, null],
    ['session.created', { userId: null }, null],
    ['event.erased', { userId: null }, null],
    ['alert.opened', {}, null],
  ])('%s with %j: %s', (type, changes, kind) => {
    expect(observationOfEvent(eventOf(type, changes))?.kind ?? null).toBe(kind)
  })

  it('is what the event says', () => {
    const facts = { sighting, before: { ...sighting, client: 'app' }, ended: null } as const
    const event = eventOf('session.network-changed', { facts, before: { last_used_at: 4 } })
    expect(observationOfEvent(event)).toEqual({
      position: 7,
      kind: 'network-changed',
      at: 5,
      userId: '42',
      sessionId: null,
      deviceId: null,
      sighting,
      before: facts.before,
      lastUsedAt: 4,
      source: null,
      refused: null,
    })
  })

  it('names a source that was limited', () => {
    const after: JsonObject = { limit: 'refused-credentials', source: 'abc', refused: 600 }
    expect(observationOfEvent(eventOf('rate-limit.exceeded', { userId: null, after }))).toMatchObject({
      userId: null,
      source: 'abc',
      refused: 600,
    })
  })
})
