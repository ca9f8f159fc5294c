import { systemName, systemVersion } from './operating-system.ts'
import { publicSystem } from './public-patterns.ts'

/** A system by name; null where the header names none. */
export interface ChosenSystem {
  readonly os: string | null
  readonly osVersion: string | null
}

interface Parsed {
  readonly name?: string | undefined
  readonly version?: string | undefined
}

/** What the public list says for what it does not know, and where it names a maker instead of a system. */
const noSystem = new Set(['Other', 'Samsung', 'Sony', 'LG', 'Philips', 'Panasonic', 'Sharp', 'VRE'])

/** The kernel of many systems; and what the parser takes for iOS, though it may be a Mac's. */
const vague = new Set(['Linux', 'GNU', 'iOS'])

/** The parser's answer, and the public list's where that has none or none but the kernel. */
export function readSystem(header: string, parsed: Parsed, model: string | undefined): ChosenSystem {
  const said = saidPlainly(header)
  if (said !== undefined) return { os: said, osVersion: versionBy(said, header, parsed.version) }
  if (parsed.name && !vague.has(parsed.name)) return chosen(header, parsed.name, parsed.version, model)
  const listed = publicSystem(header)
  if (listed && !noSystem.has(listed.family)) return chosen(header, listed.family, listed.version, model)
  // The parser takes the GNU of `GNUTLS` for a system, too.
  const name = parsed.name === 'GNU' && !/\bGNU\b/.test(header) ? undefined : parsed.name
  return chosen(header, name, parsed.version, model)
}

/**
 * What the lists misread: LG's televisions, spelt with a zero; systems that stand beside that from which they were
 * made (`Android … KAIOS/2.5`, `tvOS 17.5 like Mac OS X`). The first that is found decides.
 */
const saidSystems: readonly (readonly [string, RegExp])[] = [
  ['webOS', /Web0S/],
  ['tvOS', /\b(?:Apple ?TV|tvOS)/],
  ['watchOS', /\b(?:Apple ?Watch|watchOS)|^Watch\d/],
  ['visionOS', /\bvisionOS\b|\bApple ?Vision|\bxrOS\b/],
  ['KaiOS', /\bKAIOS\//i],
  ['VIDAA', /\bVIDAA\b/],
  ['Roku', /\bRoku(?: OS)?[ /]/],
  ['Xbox', /\(Windows[^)]*; Xbox\b/],
  ['iPadOS', /\(iPad/],
  ['iOS', /\((?:iPhone|iPod)/],
]

/** Null for phones of the Java age, which name what their proxy ran on. */
function saidPlainly(header: string): string | null | undefined {
  if (header.includes('J2ME')) return null
  return saidSystems.find(([, pattern]) => pattern.test(header))?.[0]
}

const ownVersion =
  /\b(?:tvOS|watchOS|visionOS|KAIOS|VIDAA|Roku OS)[ /(]{1,2}(\d{1,3}(?:\.\d{1,3})?)|\bRoku\/DVP-(\d{1,3}(?:\.\d{1,3})?)/i

function versionBy(os: string | null, header: string, version: string | undefined): string | null {
  if (os === 'iOS' || os === 'iPadOS') return systemVersion(os, version, header)
  const [, named, roku] = ownVersion.exec(header) ?? []
  return systemVersion(os, named ?? roku, header)
}

function chosen(
  header: string,
  name: string | undefined,
  version: string | undefined,
  model: string | undefined,
): ChosenSystem {
  const os = systemName(name, model)
  return { os, osVersion: systemVersion(os, version, header) }
}
