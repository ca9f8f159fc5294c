import type { SeededRandom } from '../faults/seeded-random.ts'
import type { Client } from './acts.ts'
import { day, firstDay } from './calendar.ts'

/** A browser on a device, and how late it takes its updates. */
export interface Browser {
  /** Names its cookies. */
  readonly jar: string
  readonly type: 'desktop' | 'mobile' | 'tablet'
  readonly name: string
  readonly os: string
  /** In days after a release. */
  readonly lag: number
}

const releaseEvery = 28
const desktops = [
  ['Chrome', 'Windows'],
  ['Chrome', 'Windows'],
  ['Edge', 'Windows'],
  ['Chrome', 'macOS'],
  ['Safari', 'macOS'],
  ['Firefox', 'Linux'],
] as const
const phones = [
  ['Safari', 'iOS'],
  ['Chrome', 'Android'],
  ['Chrome', 'Android'],
  ['Samsung Internet', 'Android'],
] as const

export function newDesktop(random: SeededRandom, jar: string): Browser {
  const [name, os] = random.of(desktops)
  return { jar, type: 'desktop', name, os, lag: random.between(0, 14) }
}

export function newPhone(random: SeededRandom, jar: string): Browser {
  const [name, os] = random.of(phones)
  return { jar, type: 'mobile', name, os, lag: random.between(0, 14) }
}

/** As it says of itself then; browsers update themselves. */
export function clientOf({ type, name, os, lag }: Browser, at: number): Client {
  const since = (at - firstDay) / day - lag
  const newest = Math.floor(since / releaseEvery)
  // Who was quick got one that was taken back for two days.
  const isTakenBack =
    name !== 'Safari' && lag < 1 && since - newest * releaseEvery > 2 && since - newest * releaseEvery < 4
  const released = isTakenBack ? newest - 1 : newest
  const version = name === 'Safari' ? (released > 1 ? 26 : 18) : 142 + released
  return {
    kind: 'browser',
    device: { type, browser: name, browserVersion: String(version), os, osVersion: null },
  }
}

/** A phone that asks for the site as on a desktop. */
export function asDesktop({ kind, device }: Client): Client {
  return { kind, device: { ...device, type: 'desktop', os: device.os === 'iOS' ? 'macOS' : 'Linux' } }
}

/** What a developer's browser says of itself when it is to show a page as on a phone. */
export const emulatedPhone: Client = {
  kind: 'browser',
  device: { type: 'mobile', browser: 'Safari', browserVersion: '18', os: 'iOS', osVersion: '18.5' },
}

export const curl: Client = {
  kind: 'program',
  device: { type: 'unknown', browser: 'unknown', browserVersion: null, os: 'unknown', osVersion: null },
}
