import { hashComponents, loadSources, sources } from '@fingerprintjs/fingerprintjs'
import type { FingerprintComponentOnWire, FingerprintRequest } from '../http-api/wire-types.ts'
import { cutText, type SeenValues, valueTexts } from './fingerprint-values.ts'

/** Looks at this browser, each time after `idle`, and leaves out what fails or takes too long. */
export type BrowserFingerprint = (idle: () => Promise<void>) => Promise<FingerprintRequest['components']>

type Source = Parameters<typeof loadSources>[0][string]

/** Longer, and a browser that never finishes one keeps the others from being sent. In milliseconds. */
const timeLimit = 3_000

/**
 * What is asked of the library for each, one idle moment each. `load()` of the library is never called: it
 * would look at four times as much and tell its makers now and then. WebGL is last, since it can change what
 * the canvas shows.
 */
const looks: readonly (readonly [FingerprintComponentOnWire, readonly (keyof SeenValues)[]])[] = [
  ['hardware_concurrency', ['hardwareConcurrency']],
  ['device_memory', ['deviceMemory']],
  ['time_zone', ['timezone']],
  ['languages', ['languages']],
  ['screen', ['screenResolution', 'colorDepth']],
  ['fonts', ['fonts']],
  ['audio', ['audio']],
  ['canvas', ['canvas']],
  ['webgl', ['webGlBasics', 'webGlExtensions']],
]

export const browserFingerprint: BrowserFingerprint = async (idle) => {
  const components: FingerprintRequest['components'] = {}
  // One WebGL context for both of its sources: browsers allow few.
  const shared = { cache: {} }
  for (const [component, keys] of looks) {
    await idle()
    const text = valueTexts[component](await seen(keys, shared))
    if (text !== null) components[component] = digested.has(component) ? await digest(text) : cutText(text)
  }
  return components
}

/** Pictures and sounds leave the browser as a digest only. */
const digested: ReadonlySet<string> = new Set(['canvas', 'audio'])

async function seen(keys: readonly (keyof SeenValues)[], shared: { cache: object }): Promise<SeenValues> {
  const asked: Record<string, Source> = {}
  for (const key of keys) asked[key] = sources[key] as Source
  const answers = loadSources(asked, shared as never, [])()
  const known = await Promise.race([answers, afterTimeLimit()]).catch(() => null)
  const values = Object.entries(known ?? {}).map(([key, answer]) => [
    key,
    (answer as { value?: unknown }).value,
  ])
  return Object.fromEntries(values) as SeenValues
}

function afterTimeLimit(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), timeLimit))
}

/** SHA-256 where the page is in a secure context; otherwise the library's own digest, which is enough to compare. */
async function digest(text: string): Promise<string> {
  const subtle = globalThis.crypto?.subtle
  if (!subtle) return hashComponents({ text: { value: text, duration: 0 } })
  const hash = await subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
