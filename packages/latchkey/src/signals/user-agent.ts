import type { DeviceInfo } from '../model/device-info.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import type { SignalSource } from '../ports/signal-source.ts'
import { BoundedCache } from './bounded-cache.ts'
import { type Hints, hintNames, withClientHints } from './client-hints.ts'
import { plainName } from './plain-name.ts'
import { longestHeader, nothingSensed, readUserAgent, type SensedDevice } from './user-agent-header.ts'

/** Users share few header texts; at 1 KB for the longest this is a few megabytes when somebody sends rubbish. */
const cacheCapacity = 2_000

const cache = new BoundedCache<Partial<DeviceInfo>>(cacheCapacity)

/**
 * Type, browser, engine, operating system, brand and model from the `User-Agent` header and client hints. No version is given where
 * the header is known to hide it. Crawlers are of the type `bot`, with their own name for the browser's; programs such as `curl` go by their name and
 * have no type.
 */
export const userAgentSignal: SignalSource = {
  name: 'user-agent',
  sense(facts: RequestFacts): Partial<DeviceInfo> {
    const header = (facts.userAgent ?? '').slice(0, longestHeader)
    const hints = givenHints(facts.clientHints)
    const key = JSON.stringify([header, ...hintNames.map((name) => hints[name] ?? null)])
    return cache.getOrMake(key, () => {
      const sensed = header === '' ? nothingSensed : readUserAgent(header)
      return knownFields(withClientHints(sensed, hints))
    })
  },
}

function givenHints(clientHints: RequestFacts['clientHints']): Hints {
  const hints: Partial<Record<(typeof hintNames)[number], string>> = {}
  for (const name of hintNames) {
    const value: unknown = clientHints?.[name]
    if (typeof value === 'string' && value.length <= longestHeader) hints[name] = value
  }
  return hints
}

function knownFields(sensed: SensedDevice): Partial<DeviceInfo> {
  const { browser, os, brand, model } = sensed
  const plain = {
    ...sensed,
    browser: browser && plainName(browser),
    os: os && plainName(os),
    brand: brand && plainName(brand),
    model: model && plainName(model),
  }
  const known = Object.entries(plain).filter(([, value]) => value !== null)
  return Object.freeze(Object.fromEntries(known)) as Partial<DeviceInfo>
}
