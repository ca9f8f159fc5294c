/** One member of a list: a string with its parameter `v`. */
export interface BrandVersion {
  readonly brand: string
  readonly version: string
}

const stringPattern = /^\s*"((?:[ !#-[\]-~]|\\["\\])*)"\s*$/
const memberPattern = /\s*"((?:[ !#-[\]-~]|\\["\\])*)"\s*;\s*v\s*=\s*"([ !#-[\]-~]*)"\s*(?:,|$)/y

const itemPattern = /\s*"((?:[ !#-[\]-~]|\\["\\])*)"\s*(?:,|$)/y

/** Longer than any that a browser sends. */
const longestField = 1_024

/** An RFC 9651 string (`"macOS"`), or null when the text is none. */
export function readString(field: string): string | null {
  if (field.length > longestField) return null
  const match = stringPattern.exec(field)
  return match?.[1] === undefined ? null : unescaped(match[1])
}

/** An RFC 9651 boolean (`?1`), or null when the text is none. */
export function readFlag(field: string): boolean | null {
  const text = field.trim()
  return text === '?1' ? true : text === '?0' ? false : null
}

/** A list like `"Chromium";v="142", "Google Chrome";v="142"`; empty when any part of it is something else. */
export function readBrands(field: string): readonly BrandVersion[] {
  if (field.length > longestField) return []
  const brands: BrandVersion[] = []
  memberPattern.lastIndex = 0
  while (memberPattern.lastIndex < field.length) {
    const match = memberPattern.exec(field)
    if (match?.[1] === undefined || match[2] === undefined) return []
    brands.push({ brand: unescaped(match[1]), version: match[2] })
  }
  return brands
}

/** A list of strings like `"Mobile", "XR"`; empty when any part of it is something else. */
export function readStrings(field: string): readonly string[] {
  if (field.length > longestField) return []
  const strings: string[] = []
  itemPattern.lastIndex = 0
  while (itemPattern.lastIndex < field.length) {
    const match = itemPattern.exec(field)
    if (match?.[1] === undefined) return []
    strings.push(unescaped(match[1]))
  }
  return strings
}

function unescaped(text: string): string {
  return text.replace(/\\(["\\])/g, '$1')
}
