import type { DeviceId, Resemblance } from '../model/device.ts'
import {
  type Fingerprint,
  type FingerprintComponent,
  type FingerprintHashes,
  fingerprintComponents,
} from '../model/fingerprint.ts'

/**
 * In bits: how many people a component tells apart. Fonts, canvas, languages, screen, webgl (its renderer) and
 * time zone: Laperdrix, Rudametkin and Baudry, "Beauty and the Beast", IEEE S&P 2016. Audio: Englehardt and
 * Narayanan, "Online Tracking", ACM CCS 2016. The two others have few values each: an estimate.
 */
const weights: Readonly<Record<FingerprintComponent, number>> = {
  fonts: 8.4,
  canvas: 8.3,
  languages: 5.9,
  audio: 5.4,
  screen: 4.9,
  webgl: 3.4,
  time_zone: 3.3,
  hardware_concurrency: 2,
  device_memory: 2,
}

/**
 * In bits, of about 44. Two devices of one person share the language and the time zone as a rule, so that little
 * that is the same says nothing. Lower: a phone resembles a laptop. Higher: browsers that hide much resemble nothing.
 */
const leastEvidence = 20

/**
 * Lower: another browser on the same machine (same fonts, screen, languages and time zone: 0.59) resembles this
 * one. Higher: an update that draws differently (canvas and webgl: 0.73) makes a stranger of it.
 */
export const resemblanceThreshold = 0.7

/** From 0 to 1: the weight of what is the same in that of what both have; null where both have too little. */
export function fingerprintSimilarity(a: FingerprintHashes, b: FingerprintHashes): number | null {
  let compared = 0
  let same = 0
  for (const component of fingerprintComponents) {
    if (a[component] === undefined || b[component] === undefined) continue
    compared += weights[component]
    if (a[component] === b[component]) same += weights[component]
  }
  return compared < leastEvidence ? null : same / compared
}

/** How much it looks like the one it is most like; null where none says enough. */
export function similarityToHistory(
  hashes: FingerprintHashes,
  history: readonly Fingerprint[],
): number | null {
  return history.reduce<number | null>((best, earlier) => {
    const similarity = fingerprintSimilarity(hashes, earlier.hashes)
    return similarity === null || (best !== null && best >= similarity) ? best : similarity
  }, null)
}

/** Which of the devices it looks like most; the first of those alike; null where it looks like none. */
export function resemblanceOf(
  hashes: FingerprintHashes,
  devices: readonly { readonly id: DeviceId; readonly fingerprints: readonly Fingerprint[] }[],
): Resemblance | null {
  let best: Resemblance | null = null
  for (const { id, fingerprints } of devices) {
    const similarity = similarityToHistory(hashes, fingerprints)
    if (similarity === null || similarity < resemblanceThreshold) continue
    const confidence = Math.round(similarity * 100) / 100
    if (best === null || best.confidence < confidence) best = { deviceId: id, confidence }
  }
  return best
}
