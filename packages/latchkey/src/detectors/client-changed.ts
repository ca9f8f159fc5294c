import type { Sighting } from '../model/sighting.ts'
import type { Detector } from '../ports/detector.ts'
import { clientInWords } from './in-words.ts'

/** Systems between which one browser changes when its user asks for the site as on a desktop, or its header grows vaguer. */
const sameDevice: readonly ReadonlySet<string>[] = [
  new Set(['iOS', 'iPadOS', 'macOS']),
  new Set(['Android', 'Linux', 'ChromeOS']),
  new Set(['Linux', 'Ubuntu', 'Fedora', 'Debian']),
]

/** A session of one browser that another one uses. */
export const clientChanged: Detector = {
  name: 'client-changed',
  title: 'Client changed in a session',
  definition:
    'A session of one browser is used by another browser, or on another operating system: cookies do not move by themselves. Newer versions are no change, and neither is a phone that asks for the site as on a desktop. Programs are left to `programmatic-client`, older versions to `version-downgrade`. Browsers are told by their headers alone: one that names itself in client hints only, as Brave does, is what its header says. What is unknown on either side is not compared.',
  attack: ['T1539', 'T1550.004'],
  severity: 'medium',
  observes: ['client-changed'],
  examine({ sighting, before, sessionId }) {
    if (sighting === null || before === null || !isForPeople(sighting) || !isForPeople(before)) return null
    if (!isOther(before, sighting)) return null
    const [from, to] = [clientInWords(before), clientInWords(sighting)]
    return {
      subject: `session:${sessionId}`,
      reason: `A session of ${from} is used by ${to}.`,
      evidence: { from, to },
    }
  },
}

function isForPeople({ client }: Sighting): boolean {
  return client === 'browser' || client === 'app'
}

function isOther({ device: before }: Sighting, { device: now }: Sighting): boolean {
  if (differ(before.browser, now.browser)) return true
  return differ(before.os, now.os) && !sameDevice.some((names) => names.has(before.os) && names.has(now.os))
}

function differ(a: string, b: string): boolean {
  return a !== 'unknown' && b !== 'unknown' && a !== b
}
