import { invalidArgument } from '../foundation/errors.ts'
import type { JsonObject } from '../foundation/json.ts'
import type { Instant } from '../foundation/time.ts'
import { isDeviceId } from '../model/device.ts'
import { type NewSessionEvent, plainEvent, sessionEventTypes } from '../model/session-event.ts'
import { isSessionId } from '../model/session-token.ts'
import { checkActor, checkObject, checkOneOf, checkText, checkUserId } from './check-argument.ts'
import type { RecordedEvent } from './list-events.ts'
import type { Wiring } from './wiring.ts'

/** In characters of JSON: what happened, and no document. */
const longestState = 4_000
const longestRequestId = 200
/** In one call. */
const mostEvents = 500

/** Only the chain itself and an erasure write the first two: `audit-chain` believes what they say. So do reports the last one. */
const notFromOutside: ReadonlySet<string> = new Set([
  'audit.forgotten',
  'event.erased',
  'verifications.counted',
])

export async function recordEvents(
  { clock, storage }: Wiring,
  events: readonly RecordedEvent[],
): Promise<void> {
  if (!Array.isArray(events) || events.length > mostEvents) {
    throw invalidArgument('events', `must be an array of at most ${mostEvents}`)
  }
  const now = clock.now()
  const checked = events.map((event, index) => checkEvent(`events[${index}]`, event, now))
  if (checked.length > 0) await storage.events.append(checked)
}

function checkEvent(field: string, event: RecordedEvent, at: Instant): NewSessionEvent {
  checkObject(field, event)
  const { userId = null, sessionId = null, deviceId = null, request = null } = event
  const type = checkOneOf(`${field}.type`, event.type, sessionEventTypes)
  if (notFromOutside.has(type)) throw invalidArgument(`${field}.type`, 'is not for others to write')
  if (sessionId !== null && !isSessionId(sessionId)) {
    throw invalidArgument(`${field}.sessionId`, 'must be the id of a session')
  }
  if (deviceId !== null && !isDeviceId(deviceId)) {
    throw invalidArgument(`${field}.deviceId`, 'must be the id of a device')
  }
  return plainEvent({
    type,
    at,
    actor: checkActor(`${field}.actor`, event.actor),
    userId: userId === null ? null : checkUserId(`${field}.userId`, userId),
    sessionId,
    deviceId,
    request: request === null ? null : checkText(`${field}.request`, request, longestRequestId),
    before: checkState(`${field}.before`, event.before ?? null),
    after: checkState(`${field}.after`, event.after ?? null),
  })
}

/** A copy: what the caller does to it later is no part of the log. */
function checkState(field: string, value: JsonObject | null): JsonObject | null {
  if (value === null) return null
  checkObject(field, value)
  const text = JSON.stringify(value)
  const isText = !text.includes('\\u0000') && !/\\ud[89a-f]/i.test(text)
  if (text.length > longestState || !isText) {
    throw invalidArgument(field, `must be well-formed JSON of at most ${longestState} characters without NUL`)
  }
  return JSON.parse(text) as JsonObject
}
