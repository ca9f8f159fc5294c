import { browserName, type ChosenBrowser } from './browser-name.ts'

const product = /^([A-Za-z][\w.-]{0,40})(?: [A-Z][\w.-]{0,20})?\/v?(\d{1,6})/
/** Browsers begin so, and the virtual machine of Android in the name of apps. */
const notPrograms = new Set(['Mozilla', 'Opera', 'Dalvik', 'HbbTV'])

/** Runtimes that say no version. */
const versionless = /^(?:node|undici|Ruby)$/

/** A program that is no browser and begins its header with its own name (`curl/8.5.0`); null otherwise. */
export function programName(header: string): ChosenBrowser | null {
  if (versionless.test(header)) return { browser: header, browserVersion: null }
  const match = product.exec(header)
  if (!match?.[1] || !match[2] || notPrograms.has(match[1])) return null
  return { browser: browserName(match[1].replace(/-(?:Android|iOS)$/, ''), null), browserVersion: match[2] }
}
