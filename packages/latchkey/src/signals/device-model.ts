import { UAParser } from 'ua-parser-js'
import type { DeviceType } from '../model/device-info.ts'
import { type PublicDevice, publicDevice } from './public-patterns.ts'

/** Whose make a device is, and which; null where it is unknown. */
export interface NamedModel {
  readonly brand: string | null
  readonly model: string | null
}

interface Parsed {
  readonly vendor?: string | undefined
  readonly model?: string | undefined
}

/** What a header told of its device so far. */
export interface ModelTraits {
  readonly header: string
  readonly parsed: Parsed
  readonly system: string | null
  readonly type: DeviceType | null
  /** The public list's answer. */
  readonly listed: () => PublicDevice | null
}

/** From the lists' spellings to the makers' own. */
const knownAs: Readonly<Record<string, string>> = {
  acer: 'Acer',
  alcatel: 'Alcatel',
  asus: 'ASUS',
  facebook: 'Meta',
  hpq: 'HP',
  htc: 'HTC',
  huawei: 'Huawei',
  lenovo: 'Lenovo',
  lg: 'LG',
  lge: 'LG',
  nec: 'NEC',
  nvidia: 'NVIDIA',
  oppo: 'OPPO',
  panasonic: 'Panasonic',
  rim: 'BlackBerry',
  samsung: 'Samsung',
  sony: 'Sony',
  sonyericsson: 'Sony Ericsson',
  xiaomi: 'Xiaomi',
  zte: 'ZTE',
}

/** What stands where a model would: Chrome's `K` for every phone, and words that say what kind of thing it is. */
const placeholder =
  /^(?:K|wv|U|Mobile|Tablet|Phone|TV|Smart-?TV\w*|Linux|Unknown|Macintosh|Android.*|Generic.*|Build.*|rv:.*|[a-z]{2}[-_][a-z]{2})$/i

/** The parser's answer, and the public list's where that has none. Nothing but Apple's systems says whose a computer is. */
export function readModel(traits: ModelTraits): NamedModel {
  const { header, parsed, system, type } = traits
  const [parsedBrand, parsedModel] = [
    brandName(brandIn(header, parsed.vendor)),
    modelName(header, parsed.model),
  ]
  const asksList =
    type !== 'desktop' && parsed.model !== 'K' && (parsedBrand === null || parsedModel === null)
  const found = asksList ? traits.listed() : null
  const listed = found?.family.startsWith('Generic ') ? null : found
  const apple = system !== null && appleSystems.has(system) ? 'Apple' : null
  return {
    brand: apple ?? parsedBrand ?? brandName(listed?.brand ?? undefined),
    model: parsedModel ?? modelName(header, listed?.model ?? undefined),
  }
}

const appleSystems = new Set(['iOS', 'iPadOS', 'macOS', 'tvOS', 'watchOS', 'visionOS'])

/** The parser does not know a brand that was two makers' from either. */
function brandIn(header: string, vendor: string | undefined): string | undefined {
  return vendor === 'Sony' && header.includes('SonyEricsson') ? 'SonyEricsson' : vendor
}

/** Brand and model by the model's name alone, as a client hint gives it. */
export function modelNamed(model: string): NamedModel {
  const header = `Mozilla/5.0 (Linux; Android 9; ${model} Build/A) AppleWebKit/537.36 Chrome/100 Mobile Safari/537.36`
  const parsed = new UAParser(header).getDevice()
  const { brand } = readModel({
    header,
    parsed,
    system: 'Android',
    type: null,
    listed: () => publicDevice(header),
  })
  return { brand, model: modelName('', model) }
}

function brandName(given: string | undefined): string | null {
  const brand = given?.trim()
  if (!brand || /^(?:Generic|Spider|Other|Cellular)/.test(brand)) return null
  const spelling = brand.toLowerCase()
  return Object.hasOwn(knownAs, spelling) ? (knownAs[spelling] ?? brand) : brand
}

function modelName(header: string, given: string | undefined): string | null {
  const isBuild = given !== undefined && header.includes(`Build/${given}`)
  // What is left of `SonyEricssonK750i` where the parser takes `Sony` for the brand.
  const name = given?.replace(/^Ericsson/, '')
  return name && !isBuild && !placeholder.test(name) ? name : null
}
