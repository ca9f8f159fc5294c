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
  return chosen(header, parsed.name, parsed.version, model)
}

/**
 * What both lists misread: LG's televisions, spelt with a zero; phones of the Java age, which name what their
 * proxy ran on.
 */
function saidPlainly(header: string): string | null | undefined {
  if (header.includes('Web0S')) return 'webOS'
  if (header.includes('J2ME')) return null
  if (header.includes('Apple TV')) return 'tvOS'
  if (header.includes('(iPad')) return 'iPadOS'
  return /\((?:iPhone|iPod)/.test(header) ? 'iOS' : undefined
}

function versionBy(os: string | null, header: string, version: string | undefined): string | null {
  return os === 'iOS' || os === 'iPadOS' ? systemVersion(os, version, header) : null
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
