import {
  describeEvent,
  type EventConditions,
  type Page,
  type PageRequest,
  type SessionEvent,
  type Sessions,
} from 'latchkey'
import { typesNamed } from './types-named.ts'

/** Which entries of the audit log are sought. */
export interface AuditSought {
  readonly conditions: EventConditions
  /** A name of the OWASP Logging Vocabulary; null: any. */
  readonly event: string | null
}

/** Pages that are read for one at most. A name is that of some events of its types only, which are picked out here. */
const mostReads = 20

/** One page, newest first. With a name it may hold fewer than asked for though there are more. */
export async function auditPage(
  sessions: Pick<Sessions, 'listEvents'>,
  { conditions, event }: AuditSought,
  page: PageRequest,
): Promise<Page<SessionEvent>> {
  if (event === null) return sessions.listEvents(conditions, page)
  const types = typesNamed(event).filter((type) => conditions.types?.includes(type) ?? true)
  if (types.length === 0) return { items: [], next: null }
  const found: SessionEvent[] = []
  let { cursor } = page
  for (let reads = 0; reads < mostReads && found.length < page.limit; reads += 1) {
    const limit = page.limit - found.length
    const read = await sessions.listEvents({ ...conditions, types }, { cursor, limit })
    found.push(...read.items.filter((item) => describeEvent(item).name === event))
    cursor = read.next
    if (cursor === null) break
  }
  return { items: found, next: cursor }
}
