import type { Instant } from '../foundation/time.ts'
import type { EventLog } from '../ports/event-log.ts'

/**
 * A position after which the events of that instant and later are, by about 40 reads of one event each. Processes have clocks
 * of their own: near it a few earlier ones may come after it, or later ones before it.
 */
export async function positionAt(log: Pick<EventLog, 'read' | 'latest'>, at: Instant): Promise<number> {
  let [low, high] = [0, await log.latest()]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [event] = await log.read(middle, 1)
    if (event === undefined || event.at >= at) high = middle
    else low = Math.max(middle + 1, event.position)
  }
  return low
}
