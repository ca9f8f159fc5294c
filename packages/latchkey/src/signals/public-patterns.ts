import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PatternIndex } from './pattern-index.ts'
import { type PatternLists, type PatternRule, readPatternLists } from './pattern-list.ts'

/** What the public list calls a thing, in the list's own words. */
export interface PublicName {
  readonly family: string
  /** `142` or `17.5`; empty where the list says none. */
  readonly version: string
}

interface Patterns {
  readonly browsers: PatternIndex<PatternRule>
  readonly systems: PatternIndex<PatternRule>
  readonly devices: PatternIndex<PatternRule>
}

let patterns: Patterns | null = null

/** Read when the first header arrives: some 30 ms, once. */
function publicPatterns(): Patterns {
  patterns ??= indexed(readLists())
  return patterns
}

/** Nothing where the file is not beside the code any more, as in a bundle: it only adds to what the parser knows. */
function readLists(): PatternLists {
  try {
    const path = fileURLToPath(import.meta.resolve('uap-core/regexes.yaml'))
    return readPatternLists(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}

/** One pattern says something else than was meant: without the inner group it finds every `android` with a number. */
function mended(pattern: string): string {
  return pattern.replace('(Phantom\\/ios|android)', '(Phantom\\/(?:ios|android))')
}

function indexed(lists: PatternLists): Patterns {
  const [browsers, systems, devices] = ['user_agent_parsers', 'os_parsers', 'device_parsers'].map(
    (section) => {
      const index = new PatternIndex<PatternRule>()
      for (const rule of lists[section] ?? [])
        index.add(mended(rule['regex'] ?? '(?!)'), rule['regex_flag'] ?? '', rule)
      return index
    },
  ) as [Patterns['browsers'], Patterns['systems'], Patterns['devices']]
  return { browsers, systems, devices }
}

/** The browser, app or crawler. */
export function publicBrowser(header: string): PublicName | null {
  return named(publicPatterns().browsers, header, ['family_replacement', 'v1_replacement', 'v2_replacement'])
}

/** The system. */
export function publicSystem(header: string): PublicName | null {
  return named(publicPatterns().systems, header, ['os_replacement', 'os_v1_replacement', 'os_v2_replacement'])
}

/** A device in the public list's own words. */
export interface PublicDevice {
  /** `iPad`, `Spider`, `Nokia6300`. */
  readonly family: string
  /** Null where the list says none. */
  readonly brand: string | null
  readonly model: string | null
}

/** The device. Null for most desktops, of which the list knows nothing. */
export function publicDevice(header: string): PublicDevice | null {
  const found = publicPatterns().devices.first(header)
  if (found === null) return null
  const { value, match } = found
  const [family, brand, model] = [
    filled(value['device_replacement'] ?? '$1', match),
    filled(value['brand_replacement'] ?? '', match),
    filled(value['model_replacement'] ?? '$1', match),
  ]
  return family ? { family, brand: brand || null, model: model || null } : null
}

function named(
  index: PatternIndex<PatternRule>,
  header: string,
  fields: readonly [family: string, major: string, minor: string],
): PublicName | null {
  const found = index.first(header)
  if (found === null) return null
  const [family, major, minor] = fields.map((field, at) =>
    filled(found.value[field] ?? `$${at + 1}`, found.match),
  )
  return family ? { family, version: minor ? `${major}.${minor}` : (major ?? '') } : null
}

function filled(template: string, match: RegExpExecArray): string {
  return template.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '').trim()
}

/** How many patterns of the list a header is held against at most: what it can cost. */
export function publicWork(header: string): number {
  const { browsers, systems, devices } = publicPatterns()
  return browsers.work(header) + systems.work(header) + devices.work(header)
}
