import type { SessionEvent } from '../model/session-event.ts'
import { forgetUser } from './forget-user.ts'
import type { Wiring } from './wiring.ts'

/**
 * Somebody may be erased between the reading of events and the writing of what was learned from them; what was written then
 * would name them again. They are erased once more: their events have been, by then. Whoever is left with an event is not
 * meant, nor is somebody of whom only that is gone which somebody else did to them: that goes with who did it.
 */
export async function forgetForgotten(
  wiring: Wiring,
  events: readonly SessionEvent[],
  after: number,
): Promise<void> {
  const now = await wiring.storage.events.read(after, events.length)
  const erased = new Set(now.filter(({ type }) => type === 'event.erased').map(({ position }) => position))
  const gone = events.filter(({ type, position }) => type !== 'event.erased' && erased.has(position))
  const left = new Set(events.filter(({ position }) => !erased.has(position)).map(({ userId }) => userId))
  for (const userId of new Set(gone.filter(isTheirOwn).map((event) => event.userId)))
    if (userId !== null && !left.has(userId)) await forgetUser(wiring, userId)
}

function isTheirOwn({ actor, userId }: SessionEvent): boolean {
  return !/^(user|admin):/.test(actor) || actor === `user:${userId}` || actor === `admin:${userId}`
}
