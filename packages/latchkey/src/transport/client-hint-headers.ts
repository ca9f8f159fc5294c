/** Response headers by name, as any framework sets them. */
export type HeadersToSet = Readonly<Record<string, string>>

/**
 * What browsers send only to who asks: the release of the system, and whether it is a phone, a tablet or a
 * watch. What would tell one person from another, such as the model of a phone, is not asked for.
 */
const askedFor = 'Sec-CH-UA-Platform-Version, Sec-CH-UA-Form-Factors'

/** For an answer that signs in: each request after it says more of the device. */
export const acceptClientHints: HeadersToSet = Object.freeze({ 'Accept-CH': askedFor })

/**
 * For the page with the sign-in form. `Critical-CH` has the browser ask for the page once more, with the hints,
 * when it sent none: otherwise the very first sign-in would not know Windows 11 from 10. Browsers heed both on
 * trustworthy origins only, which every public URL is.
 */
export const clientHintHeaders: HeadersToSet = Object.freeze({
  ...acceptClientHints,
  'Critical-CH': 'Sec-CH-UA-Platform-Version',
})
