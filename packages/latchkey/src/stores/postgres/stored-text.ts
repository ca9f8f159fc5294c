/**
 * PostgreSQL's text holds every character but U+0000. It and U+0001, which then stands for two things, are
 * written as two characters each: texts that differ stay different, and one that begins with another still does.
 * Half a surrogate pair, which no encoding can hold, becomes U+FFFD.
 */
export function toStoredText(text: string): string {
  const wellFormed = text.toWellFormed()
  if (!wellFormed.includes('\u0000') && !wellFormed.includes('\u0001')) return wellFormed
  return wellFormed.replaceAll('\u0001', '\u0001\u0002').replaceAll('\u0000', '\u0001\u0001')
}

export function fromStoredText(stored: string): string {
  if (!stored.includes('\u0001')) return stored
  return stored.replaceAll('\u0001\u0001', '\u0000').replaceAll('\u0001\u0002', '\u0001')
}
