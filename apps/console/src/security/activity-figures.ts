import type { DailySessions, DeviceTypeOnWire, SessionAnalytics } from 'latchkey/client'

export interface Figure {
  readonly name: string
  readonly value: string
}

const one: Record<DeviceTypeOnWire, string> = {
  desktop: 'desktop',
  mobile: 'phone',
  tablet: 'tablet',
  tv: 'TV',
  console: 'games console',
  wearable: 'watch',
  car: 'car',
  bot: 'bot',
  unknown: 'unknown device',
}

export function activityFigures(analytics: SessionAnalytics): Figure[] {
  return [
    { name: 'Sign-ins', value: String(analytics.recent_sessions) },
    { name: 'Ended', value: String(endedIn(analytics.daily)) },
    { name: 'All time', value: String(analytics.total_sessions) },
    { name: 'Signed in now', value: devicesInWords(analytics.device_types) },
  ]
}

export function endedIn(daily: readonly DailySessions[]): number {
  return daily.reduce((sum, day) => sum + day.ended, 0)
}

/** `2 desktops, 1 phone`, most first. */
export function devicesInWords(counts: Readonly<Record<string, number>>): string {
  const words = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .toSorted(([, a], [, b]) => b - a)
    .map(([type, count]) => {
      const name = one[type as DeviceTypeOnWire] ?? type
      return `${count} ${count === 1 ? name : plural(name)}`
    })
  return words.length > 0 ? words.join(', ') : 'None'
}

function plural(name: string): string {
  return name.endsWith('ch') ? `${name}es` : `${name}s`
}

/** `3 sign-ins, 1 ended`. */
export function dayInWords(day: DailySessions): string {
  return `${day.created} ${day.created === 1 ? 'sign-in' : 'sign-ins'}, ${day.ended} ended`
}
