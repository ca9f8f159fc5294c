/** One pattern of the public list: `regex`, and by other keys what to make of a match. */
export type PatternRule = Readonly<Partial<Record<string, string>>>

/** Under the names of the list: `user_agent_parsers`, `os_parsers`, `device_parsers`. */
export type PatternLists = Readonly<Partial<Record<string, readonly PatternRule[]>>>

const sectionLine = /^(\w+):/
const fieldLine = /^ +(- )?(\w+): *'((?:[^']|'')*)' *(?:#.*)?$/

/**
 * Reads the YAML of uap-core's `regexes.yaml`: sections of flat records, each value in single quotes. A parser
 * for all of YAML takes 200 ms for it, in the middle of somebody's sign-in; this takes 2 ms. A test holds what
 * it reads against such a parser.
 */
export function readPatternLists(yaml: string): PatternLists {
  const lists: Record<string, Record<string, string>[]> = {}
  let section: Record<string, string>[] = []
  for (const line of yaml.split('\n')) {
    const name = sectionLine.exec(line)?.[1]
    if (name !== undefined) section = lists[name] = []
    const [, dash, field, value] = fieldLine.exec(line) ?? []
    if (dash !== undefined) section.push({})
    const rule = section.at(-1)
    if (rule && field !== undefined && value !== undefined) rule[field] = value.replaceAll("''", "'")
  }
  return lists
}
