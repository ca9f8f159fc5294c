import type { UserSession } from 'latchkey/client'
import type { LiveSessions } from 'latchkey/react'
import { useEffect, useRef, useState } from 'react'
import { shownName } from '../devices/device-words.ts'
import type { KnownDevices } from '../devices/use-known-devices.ts'
import { announce } from '../primitives/announcer.tsx'

/** The ids of sessions that appeared while the page was open. What comes and goes is said to screen readers, too. */
export function useArrivals({ state, sessions }: LiveSessions, { find }: KnownDevices): ReadonlySet<string> {
  const before = useRef<ReadonlyMap<string, UserSession> | null>(null)
  const [arrivals, setArrivals] = useState<ReadonlySet<string>>(new Set())

  // The names as they are when it is said: that one has changed is no arrival.
  const findNow = useRef(find)
  useEffect(() => {
    findNow.current = find
  }, [find])

  useEffect(() => {
    if (state !== 'ready') return
    const now = new Map(sessions.map((session) => [session.id, session]))
    const known = before.current
    before.current = now
    if (known === null) return
    const arrived = sessions.filter((session) => !known.has(session.id) && !session.is_current)
    const left = [...known.values()].filter((session) => !now.has(session.id))
    if (arrived.length > 0) setArrivals((ids) => new Set([...ids, ...arrived.map((session) => session.id)]))
    const said = changeText(arrived, left, findNow.current)
    if (said !== null) announce(`${said} ${sessions.length} active.`)
  }, [state, sessions])

  return arrivals
}

/** What to say about a change of the list; null where nothing came or went. */
export function changeText(
  arrived: readonly UserSession[],
  left: readonly UserSession[],
  find: KnownDevices['find'],
): string | null {
  const names = (sessions: readonly UserSession[]): string => {
    const [first] = sessions
    if (sessions.length !== 1 || !first) return `${sessions.length} sessions`
    return shownName(find(first.device_id), first.device_info)
  }
  const parts = [
    ...(arrived.length > 0 ? [`New sign-in: ${names(arrived)}.`] : []),
    ...(left.length > 0 ? [`Ended: ${names(left)}.`] : []),
  ]
  return parts.length > 0 ? parts.join(' ') : null
}
