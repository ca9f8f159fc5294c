import type { UserSession } from '../http-api/wire-types.ts'
import { exactTime } from './relative-time.ts'
import type { SessionLabels } from './session-labels.ts'
import type { DeviceNames } from './use-device-names.ts'

/** How a session is called. */
export interface SessionName {
  readonly device: string
  /** What tells it from others of the same name; null where the name does. */
  readonly details: string | null
}

type Detail = (session: UserSession, index: number) => string | null

/** Names the sessions of a list, so that no two are called the same: a button that ends one must say which. */
export function sessionNames(
  sessions: readonly UserSession[],
  deviceNames: DeviceNames,
  labels: SessionLabels,
  locale: string | undefined,
): readonly SessionName[] {
  const devices = sessions.map((session) => nameOfSession(session, deviceNames, labels))
  // One after the other, as far as it takes. A number always does.
  const details: readonly Detail[] = [
    ({ device_info, ip_address }) => device_info.location ?? ip_address,
    ({ created_at }) => `${labels.signedIn} ${spokenTime(created_at, locale)}`,
    (_session, index) => String(index + 1),
  ]
  // That it is this device is said beside its name.
  let known = sessions.map((session, index) => ({ session, parts: [devices[index] ?? ''] }))
  for (const detail of details) {
    const isShared = sharedNames(known.map(spoken))
    known = known.map((named, index) => {
      const more = isShared(spoken(named)) ? detail(named.session, index) : null
      return more === null ? named : { ...named, parts: [...named.parts, more] }
    })
  }
  return known.map(({ parts: [device = '', ...rest] }) => ({ device, details: rest.join(', ') || null }))
}

export function nameOfSession(session: UserSession, deviceNames: DeviceNames, labels: SessionLabels): string {
  const own = session.device_id === null ? undefined : deviceNames.get(session.device_id)
  return labels.deviceName(session, own ?? null)
}

function sharedNames(names: readonly string[]): (name: string) => boolean {
  const shared = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return (name) => shared.has(name)
}

function spoken({ session, parts }: { session: UserSession; parts: readonly string[] }): string {
  return [...parts, session.is_current].join(', ')
}

function spokenTime(at: string, locale: string | undefined): string {
  const time = Date.parse(at)
  return Number.isNaN(time) ? at : exactTime(time, locale)
}
