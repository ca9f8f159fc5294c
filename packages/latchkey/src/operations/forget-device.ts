import { sessionsOn } from './end-device-sessions.ts'
import { type EndOneOptions, end, endingOf } from './invalidate-sessions.ts'
import { findDevice } from './list-devices.ts'
import type { Wiring } from './wiring.ts'

/** What became of the sessions of a device that was forgotten. */
export interface ForgottenDevice {
  /** How many ended with it. */
  readonly sessions: number
}

/** Ended first: of a device that is on record all sessions can be ended, of one that was forgotten none can. */
export async function forgetDevice(
  wiring: Wiring,
  id: string,
  options: EndOneOptions = {},
): Promise<ForgottenDevice | null> {
  const ending = endingOf(wiring, options)
  const device = await findDevice(wiring, id, options)
  if (device === null) return null
  const ended = await end(wiring, sessionsOn(device), ending, options)
  if (!(await wiring.storage.devices.forget(device.id, ending))) return null
  // Somebody may have signed in on it in between.
  const endedSince = await end(wiring, sessionsOn(device), endingOf(wiring, options), {})
  return { sessions: ended + endedSince }
}
