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

/** What happened in the days of the strip. */
export function activityFigures(analytics: SessionAnalytics): Figure[] {
  return [
    { name: 'Sign-ins', value: String(analytics.recent_sessions) },
    { name: 'Ended', value: String(endedIn(analytics.daily)) },
  ]
}

/** `21 sessions so far, 5 of them active: 3 desktops, 2 phones.` */
export function totalInWords(analytics: SessionAnalytics): string {
  const { total_sessions: total, active_sessions: active } = analytics
  const soFar = `${total} ${total === 1 ? 'session' : 'sessions'} so far`
  return active === 0
    ? `${soFar}, none of them active.`
    : `${soFar}, ${active} of them active: ${devicesInWords(analytics.device_types)}.`
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
