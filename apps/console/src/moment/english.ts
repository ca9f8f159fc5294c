/** The console speaks English, in the reader's own variety where the browser names one. */
export function englishLocale(languages: readonly string[]): string {
  return languages.find((language) => /^en\b/i.test(language)) ?? 'en'
}

export const locale: string = englishLocale(typeof navigator === 'undefined' ? [] : navigator.languages)
