import type { DeviceId } from '../model/device.ts'
import type { Sighting } from '../model/sighting.ts'
import type { UserHistory } from '../model/user-history.ts'
import type { Detector } from '../ports/detector.ts'

/** Major versions. One less is a release that its vendor took back; more than 2: tools that pose as last quarter's browser go by. */
const leastStep = 2

/** A browser that is older than it was. */
export const versionDowngrade: Detector = {
  name: 'version-downgrade',
  title: 'Older browser',
  definition:
    'A browser on a known device, or in one session, is 2 major versions older than it was: browsers update themselves, and tools that replay a stolen cookie often pose as an old one. Versions of operating systems are not compared: most browsers do not tell them.',
  attack: ['T1539', 'T1550.004'],
  severity: 'medium',
  observes: ['sign-in', 'client-changed'],
  examine({ deviceId, sighting, before, sessionId }, history) {
    if (sighting === null) return null
    const { browser } = sighting.device
    const now = majorOf(sighting.device.browserVersion)
    const known = majorOf(knownVersion(deviceId, sighting, before, history))
    if (now === null || known === null || known - now < leastStep) return null
    return {
      subject: deviceId === null ? `session:${sessionId}` : `device:${deviceId} ${browser}`,
      reason: `${browser} ${now} where it was ${browser} ${known}, ${known - now} major versions newer.`,
      evidence: { browser, version: now, known_version: known },
    }
  },
}

function knownVersion(
  deviceId: DeviceId | null,
  { device }: Sighting,
  before: Sighting | null,
  { versions }: UserHistory,
): string | null {
  const ofDevice = versions.find(({ key }) => key === `${deviceId} ${device.browser}`)
  if (ofDevice !== undefined) return ofDevice.browserVersion
  return before?.device.browser === device.browser ? before.device.browserVersion : null
}

function majorOf(version: string | null): number | null {
  const major = Number.parseInt(version ?? '', 10)
  return Number.isNaN(major) ? null : major
}
