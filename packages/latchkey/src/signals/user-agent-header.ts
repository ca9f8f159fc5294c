import { UAParser } from 'ua-parser-js'
import type { DeviceType } from '../model/device-info.ts'
import { chooseBrowser, isTellingName } from './browser-choice.ts'
import { type Crawler, crawlerIn, unnamedCrawler, withoutAddresses } from './crawler-name.ts'
import { deviceKind } from './device-kind.ts'
import { readModel } from './device-model.ts'
import { engineName } from './engine-name.ts'
import { publicBrowser, publicDevice } from './public-patterns.ts'
import { readSystem } from './system-choice.ts'

/** What one header says; null where it does not. */
export interface SensedDevice {
  readonly type: DeviceType | null
  readonly browser: string | null
  readonly browserVersion: string | null
  readonly engine: string | null
  readonly os: string | null
  readonly osVersion: string | null
  readonly brand: string | null
  readonly model: string | null
}

export const nothingSensed: SensedDevice = {
  type: null,
  browser: null,
  browserVersion: null,
  engine: null,
  os: null,
  osVersion: null,
  brand: null,
  model: null,
}

/** No browser's header is nearly as long; what is longer is cut before any pattern looks at it. */
export const longestHeader = 1_024

/** An iPad that asks for desktop pages: it poses as a Mac, but there are no browsers of these names for Macs. */
const iPadAsMac = /Macintosh; Intel Mac OS X [^)]*(?=\).*\b(?:CriOS|FxiOS|EdgiOS|GSA|OPT|Mobile)\/)/

/**
 * No version has more digits than a date. A pattern of the parser takes a quarter of a second for a header of
 * "Archos" and 500 digits.
 */
const longNumber = /(\d{8})\d+/g

/** What the `User-Agent` header says about a device. Never throws. */
export function readUserAgent(header: string): SensedDevice {
  const text = header.slice(0, longestHeader).replace(iPadAsMac, 'iPad; CPU OS like Mac OS X')
  const crawler = crawlerIn(text)
  if (crawler !== null) return { ...nothingSensed, type: 'bot', browser: crawlerName(text, crawler) }
  const parser = new UAParser(text.replace(longNumber, '$1'))
  const device = parser.getDevice()
  const system = readSystem(text, parser.getOS(), device.model)
  const listed = once(() => publicDevice(text))
  const type = deviceKind({
    header: text,
    parsed: device.type,
    vendor: device.vendor,
    system: system.os,
    listed,
  })
  const browser = chooseBrowser(text, parser.getBrowser(), system.os)
  if (type === 'bot') return { ...nothingSensed, type, ...browser }
  const engine = engineName(parser.getEngine().name)
  return {
    type,
    ...browser,
    engine,
    ...system,
    ...readModel({ header: text, parsed: device, system: system.os, type, listed }),
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** The public list's name for a crawler, unless that is the browser it poses as. */
function crawlerName(header: string, crawler: Crawler): string {
  const listed = publicBrowser(header)?.family
  if (listed === undefined) return crawler.name
  const isOfAddress = header.includes(listed) && !withoutAddresses(header).includes(listed)
  if (isOfAddress && crawler.name !== unnamedCrawler) return crawler.name
  const isTelling = crawler.isListed ? crawlerWords.test(listed) : isTellingName(listed)
  return isTelling ? listed : crawler.name
}

const crawlerWords = /bot|crawl|spider|search|scrap/i
