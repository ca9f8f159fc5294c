/** Mail programs make links of `evil.example`, too, and a phone may say that it is one. */
const endOfDomain = /(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}-]*\p{L})/gu

/** In characters: a sentence. */
const longestWords = 300

/**
 * Words from elsewhere (what a browser says it is, a reason with names in it) for the text of a mail: one line, and nothing
 * in it that a mail program would make a link of.
 */
export function plainWords(words: string): string {
  const line = words
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const unlinked = line.replace(/:\/\//g, ': //').replace(endOfDomain, '. ')
  return unlinked.length <= longestWords ? unlinked : `${unlinked.slice(0, longestWords - 1).toWellFormed()}…`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

/** A line of a mail that says one thing. */
export interface MailFact {
  readonly name: string
  readonly value: string
}

/** What a mail is made of: the same in plain text and in simple HTML. */
export interface MailContent {
  readonly subject: string
  readonly opening: string
  readonly facts: readonly MailFact[]
  readonly link: { readonly words: string; readonly url: string } | null
  readonly closing: readonly string[]
}

/** Values of facts are taken through `plainWords`; the rest is written here. */
export function mailOf({ subject, opening, facts, link, closing }: MailContent): {
  readonly subject: string
  readonly text: string
  readonly html: string
} {
  const lines = facts.map(({ name, value }) => ({ name, value: plainWords(value) }))
  const text = [
    opening,
    '',
    ...lines.map(({ name, value }) => `${name}: ${value}`),
    ...(link === null ? [] : ['', `${link.words}:`, link.url]),
    '',
    ...closing,
  ].join('\n')
  const html = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title></title></head><body>',
    `<p>${escapeHtml(opening)}</p>`,
    '<table>',
    ...lines.map(
      ({ name, value }) => `<tr><th align="left">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
    ),
    '</table>',
    ...(link === null ? [] : [`<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.words)}</a></p>`]),
    ...closing.map((line) => `<p>${escapeHtml(line)}</p>`),
    '</body></html>',
  ].join('\n')
  return { subject, text, html }
}
