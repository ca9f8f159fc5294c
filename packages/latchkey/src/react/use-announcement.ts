import { useEffect, useRef, useState } from 'react'
import type { UserSession } from '../http-api/wire-types.ts'
import type { SessionLabels } from './session-labels.ts'
import { nameOfSession } from './session-names.ts'
import type { DeviceNames } from './use-device-names.ts'

/** What to tell those who cannot see the list change. Nothing is said of the first list. */
export function useAnnouncement(
  sessions: readonly UserSession[],
  state: string,
  deviceNames: DeviceNames,
  labels: SessionLabels,
): string {
  const known = useRef<readonly UserSession[] | null>(null)
  const [announcement, setAnnouncement] = useState('')
  useEffect(() => {
    if (state !== 'ready') return
    const before = known.current
    known.current = sessions
    if (before === null) return
    const name = (session: UserSession) => nameOfSession(session, deviceNames, labels)
    const appeared = missingFrom(before, sessions).map((session) => labels.appeared(name(session)))
    const gone = missingFrom(sessions, before).map((session) => labels.disappeared(name(session)))
    if (appeared.length + gone.length > 0) setAnnouncement([...appeared, ...gone].join(' '))
  }, [sessions, state, deviceNames, labels])
  return announcement
}

function missingFrom(list: readonly UserSession[], candidates: readonly UserSession[]): UserSession[] {
  const ids = new Set(list.map(({ id }) => id))
  return candidates.filter(({ id }) => !ids.has(id))
}
