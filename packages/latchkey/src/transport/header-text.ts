/**
 * Any text as the value of a header: printable ASCII stays as it is, everything else and `%` is percent-encoded
 * as UTF-8. `decodeURIComponent` is the way back.
 */
export function encodeHeaderText(text: string): string {
  if (!/[^\x21-\x7e]|%/.test(text)) return text
  return text.toWellFormed().replace(/[^\x21-\x7e]|%/gu, encodeURIComponent)
}
