import type { JsonObject } from '../../foundation/json.ts'
import { deviceTypes } from '../../model/device-info.ts'
import type { EventFacts } from '../../model/session-event.ts'
import { clientKinds, type EndedSession, type Sighting } from '../../model/sighting.ts'
import { fromJson, fromPlace, numberOf, objectOf, orNull, textOf, toPlace } from './json-columns.ts'
import { sessionDuration } from './session-duration.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

// JSON in `snake_case`; what has nothing to say is left out.

export function fromEventFacts({ sighting, before, ended }: EventFacts): string {
  const parts = [
    sighting && `"sighting":${fromSighting(sighting)}`,
    before && `"before":${fromSighting(before)}`,
    ended && `"ended":${fromEnded(ended)}`,
  ]
  return `{${parts.filter((part) => part !== null).join(',')}}`
}

/** Sign-ins by the batch: the place is written as its own column has it, and not a second time. */
function fromSighting({ client, device, place, amr, otherUsers }: Sighting): string {
  const said = JSON.stringify({
    client,
    type: device.type,
    browser: toStoredText(device.browser),
    browser_version: orNull(device.browserVersion, toStoredText),
    os: toStoredText(device.os),
    os_version: orNull(device.osVersion, toStoredText),
    amr: amr.map(toStoredText),
    other_users: otherUsers,
  })
  return place === null ? said : `${said.slice(0, -1)},"place":${fromPlace(place)}}`
}

function fromEnded({ createdAt, duration, country, amr }: EndedSession): string {
  return JSON.stringify({
    created_at: createdAt,
    duration,
    country: orNull(country, toStoredText),
    amr: amr.map(toStoredText),
  })
}

/** What an event says of a session that a statement ends, of its row under that name: the device and the facts. */
export function toldOfEnded(row: string): string {
  return `${row}.device_info ->> 'type' AS device_type, ${row}.device_info ->> 'browser' AS browser,
    ${row}.device_info ->> 'os' AS os, jsonb_build_object('ended', jsonb_build_object('created_at', ${row}.created_at,
      'duration', ${sessionDuration(row)}, 'country', ${row}.place ->> 'country', 'amr', ${row}.amr)) AS facts`
}

/** The columns of `toldOfEnded`. */
export const toldColumns = 'device_type, browser, os, facts'

export function toEventFacts(stored: unknown): EventFacts {
  const facts = objectOf(stored)
  return {
    sighting: orNull(facts.sighting ?? null, toSighting),
    before: orNull(facts.before ?? null, toSighting),
    ended: orNull(facts.ended ?? null, toEnded),
  }
}

function toSighting(stored: unknown): Sighting {
  const said = objectOf(stored)
  return {
    client: clientKinds.find((kind) => kind === said.client) ?? 'unknown',
    device: {
      type: deviceTypes.find((type) => type === said.type) ?? 'unknown',
      browser: textOf(said.browser) ?? 'unknown',
      browserVersion: textOf(said.browser_version),
      os: textOf(said.os) ?? 'unknown',
      osVersion: textOf(said.os_version),
    },
    place: orNull(said.place ?? null, toPlace),
    amr: textsOf(said),
    otherUsers: numberOf(said.other_users),
  }
}

function toEnded(stored: unknown): EndedSession {
  const said = objectOf(stored)
  return {
    createdAt: numberOf(said.created_at) ?? 0,
    duration: numberOf(said.duration) ?? 0,
    country: textOf(said.country),
    amr: textsOf(said),
  }
}

function textsOf({ amr }: JsonObject): readonly string[] {
  return fromJson<readonly string[]>(amr ?? []).map(fromStoredText)
}
