import type { AlertOnWire } from 'latchkey/client'
import type { NewMute } from '../api/alerts.ts'

/** What of an alert a mute can be about, besides its detector. */
export type MuteScope = 'user' | 'device' | 'network' | 'everybody'

const day = 24 * 60 * 60 * 1000

/** How long a mute may hold, in words; the empty one is for ever. */
export const muteDurations: Readonly<Record<string, string>> = {
  '1': 'One day',
  '7': 'One week',
  '30': '30 days',
  '90': '90 days',
}

/** The number of the network that it is about, where its evidence names one. */
export function networkOf({ evidence }: Pick<AlertOnWire, 'evidence'>): number | null {
  const { network, to } = evidence
  const named = [network, to].find((value) => typeof value === 'number')
  return typeof named === 'number' ? named : null
}

/** What it can be narrowed to, the narrowest first. */
export function scopesOf(alert: AlertOnWire): MuteScope[] {
  return [
    ...(alert.device_id === null ? [] : (['device'] as const)),
    ...(alert.user_id === null ? [] : (['user'] as const)),
    ...(networkOf(alert) === null ? [] : (['network'] as const)),
    'everybody',
  ]
}

/** `days`: as text; empty for ever. `detectors`: of that alert's, or of every one. */
export function muteOf(
  alert: AlertOnWire,
  choice: { scope: MuteScope; detectors: 'this' | 'all'; days: string; note: string },
  now: number,
): NewMute {
  const { scope, detectors, days, note } = choice
  return {
    // Everything about everybody is no mute: that is what turning detectors off is for.
    detector: detectors === 'all' && scope !== 'everybody' ? null : alert.detector,
    user_id: scope === 'user' ? alert.user_id : null,
    device_id: scope === 'device' ? alert.device_id : null,
    network: scope === 'network' ? networkOf(alert) : null,
    until: days === '' ? null : new Date(now + Number(days) * day).toISOString(),
    note: note.trim() === '' ? null : note.trim(),
  }
}
