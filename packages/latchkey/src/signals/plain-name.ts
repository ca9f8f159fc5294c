const longestName = 60
const strange = /[^\p{L}\p{N} .,_+!()'/-]+/gu
const beforeName = /^[^\p{L}\p{N}]+/u

/**
 * A name out of a header, made fit to be shown: letters, digits and what names are joined by. Who writes a
 * header must not get markup, escape sequences or a page of text in front of those who read lists and logs.
 */
export function plainName(name: string): string | null {
  const plain = name
    .slice(0, longestName)
    .replace(strange, ' ')
    .replace(/ +/g, ' ')
    .replace(beforeName, '')
    .trim()
  return plain === '' ? null : plain
}
