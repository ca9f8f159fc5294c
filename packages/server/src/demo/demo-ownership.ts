import type { DemoDeviceModel } from './demo-device.ts'
import { demoUser } from './demo-user-id.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

/** What becomes of a device in the hands of its owner. Days are those of the story. */
export interface DemoOwnership {
  /** What they call it, from the first visit after that day on; null: nothing. */
  readonly name: { readonly text: string; readonly day: number } | null
  /** From the first visit after that day on, for so many days; null: never. */
  readonly trust: { readonly day: number; readonly days: number } | null
  /** On that day its cookies are cleared, and the next visit is on a new device that looks like this one; null: never. */
  readonly cookiesLostOn: number | null
}

const names: Readonly<Record<DemoDeviceModel['use'], readonly [string, ...string[]]>> = {
  work: ['Work laptop', 'Office PC', 'Desk at the window', 'Work'],
  home: ['At home', 'Kitchen table', 'Old laptop', 'Family computer'],
  phone: ['My phone', 'Phone', 'Blue phone'],
}

/** As likely as people are to look after their devices: most leave them as they are. */
export function demoOwnership(
  random: SeededRandom,
  use: DemoDeviceModel['use'],
  days: number,
): DemoOwnership {
  const isNamed = random.chance(0.2)
  const isTrusted = random.chance(0.15)
  const isCleared = random.chance(0.06)
  return {
    name: isNamed ? { text: random.pick(names[use]), day: random.integer(0, Math.floor(days * 0.8)) } : null,
    trust: isTrusted ? { day: Math.floor(days * 0.7), days: random.pick([30, 90]) } : null,
    cookiesLostOn: isCleared ? random.integer(Math.floor(days * 0.5), days - 1) : null,
  }
}

/** Those who show the console to others have one of each to show. */
export function hostOwnership(user: number, position: number, days: number): DemoOwnership {
  const plain: DemoOwnership = { name: null, trust: null, cookiesLostOn: null }
  if (position === 0) {
    const name = { text: user === demoUser ? 'Work laptop' : 'Office', day: Math.floor(days / 4) }
    return { ...plain, name, trust: { day: Math.floor(days / 2), days: 90 } }
  }
  if (user !== demoUser) return plain
  if (position === 2) return { ...plain, name: { text: 'Kitchen tablet', day: Math.floor(days / 3) } }
  if (position !== 3) return plain
  // Recently enough for the session before to be there still, beside the new one.
  return { name: { text: 'My phone', day: Math.floor(days / 4) }, trust: null, cookiesLostOn: days - 3 }
}

/**
 * What a browser would say of itself: the same each time, apart from how it draws once its cookies have been
 * cleared, when an update has come as well.
 */
export function demoFingerprint(browser: string, look: 'first' | 'later'): Readonly<Record<string, string>> {
  const random = seededRandom(`fingerprint/${browser}`)
  const part = (): string => String(random.integer(0, 999_999))
  return {
    fonts: part(),
    audio: part(),
    screen: part(),
    webgl: part(),
    time_zone: part(),
    languages: part(),
    hardware_concurrency: part(),
    device_memory: part(),
    canvas: look === 'first' ? part() : `${part()}, later`,
  }
}
