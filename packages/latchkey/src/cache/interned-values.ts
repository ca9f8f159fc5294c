import type { DeviceInfo } from '../model/device-info.ts'
import type { Place } from '../model/place.ts'
import type { SessionRecord } from '../model/session.ts'

/**
 * How many values of one kind are known at a time. More: up to 200 B each for what may not come again. Fewer than
 * there are kinds of devices about: sessions keep copies of their own.
 */
export const mostInterned = 4_096

/** Upon what a session was given. Few of them are about: sign-ins are of a kind. */
export type SignInFacts = Pick<
  SessionRecord,
  'amr' | 'lifetime' | 'idleTimeout' | 'roles' | 'deviceTrust' | 'stage'
>

/**
 * Many sessions share few devices, places and user agents: each is kept once, however often it is read from a storage.
 * When there are too many to know, it begins again; what was handed out stays as good as it was.
 */
export class InternedValues {
  readonly #texts = new Map<string, string>()
  readonly #devices = new Map<string, DeviceInfo>()
  readonly #places = new Map<string, Place>()
  readonly #signIns = new Map<string, SignInFacts>()

  text(text: string): string {
    return known(this.#texts, text, () => text)
  }

  device(device: DeviceInfo): DeviceInfo {
    const { type, browser, browserVersion, engine, os, osVersion, brand, model, location } = device
    const content = JSON.stringify([
      type,
      browser,
      browserVersion,
      engine,
      os,
      osVersion,
      brand,
      model,
      location,
    ])
    // Frozen: what one caller did to it would show in the sessions of others.
    return known(this.#devices, content, () =>
      Object.freeze({ type, browser, browserVersion, engine, os, osVersion, brand, model, location }),
    )
  }

  signIn({ amr, lifetime, idleTimeout, roles, deviceTrust, stage }: SignInFacts): SignInFacts {
    const content = JSON.stringify([amr, lifetime, idleTimeout, roles, deviceTrust, stage])
    return known(this.#signIns, content, () =>
      Object.freeze({
        amr: Object.freeze([...amr]),
        lifetime,
        idleTimeout,
        roles: Object.freeze([...roles]),
        deviceTrust,
        stage,
      }),
    )
  }

  place(place: Place): Place {
    const { country, region, city, latitude, longitude, accuracyRadius, network } = place
    const { asn, name, kind } = network ?? { asn: null, name: null, kind: null }
    const content = JSON.stringify([
      country,
      region,
      city,
      latitude,
      longitude,
      accuracyRadius,
      asn,
      name,
      kind,
    ])
    return known(this.#places, content, () =>
      Object.freeze({ ...place, network: network === null ? null : Object.freeze({ ...network }) }),
    )
  }

  clear(): void {
    for (const values of [this.#texts, this.#devices, this.#places, this.#signIns]) values.clear()
  }
}

function known<Value>(values: Map<string, Value>, content: string, make: () => Value): Value {
  const present = values.get(content)
  if (present !== undefined) return present
  if (values.size >= mostInterned) values.clear()
  const made = make()
  values.set(content, made)
  return made
}
