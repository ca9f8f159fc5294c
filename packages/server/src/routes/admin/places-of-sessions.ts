import { type Session, toIso } from 'latchkey'
import type { UserOverviewResponse } from 'latchkey/http'

type PlaceOfUser = UserOverviewResponse['places'][number]

/** Where sessions, the newest first, began; those without a place are left out. */
export function placesOf(sessions: readonly Session[]): PlaceOfUser[] {
  const places = new Map<string, PlaceOfUser>()
  for (const { place, deviceInfo, createdAt } of sessions) {
    const country = place?.country ?? null
    const { location } = deviceInfo
    if (country === null && location === null) continue
    const key = JSON.stringify([country, location])
    const known = places.get(key)
    if (known !== undefined) known.sessions += 1
    else {
      places.set(key, {
        country,
        location,
        latitude: place?.latitude ?? null,
        longitude: place?.longitude ?? null,
        sessions: 1,
        last_seen: toIso(createdAt),
      })
    }
  }
  return [...places.values()]
}
