import type { AuditLink } from '../model/audit-link.ts'
import type { SessionEvent } from '../model/session-event.ts'
import type { Storage } from '../ports/storage.ts'

const byPosition = (a: SessionEvent, b: SessionEvent): number => a.position - b.position

/** What somebody who can write to the database made of its log and its links; null for what is gone. */
export class ForgedLog {
  event: (event: SessionEvent) => SessionEvent | null = (event) => event
  link: (link: AuditLink) => AuditLink | null = (link) => link
  added: readonly SessionEvent[] = []
  /** Links that were made, the forgery notwithstanding. */
  readonly appended: AuditLink[] = []

  /** The storage as it looks after the forgery. */
  over(storage: Storage): Storage {
    const { events, auditLinks } = storage
    const seen = (found: readonly SessionEvent[]): SessionEvent[] =>
      found.map((event) => this.event(event)).filter((event) => event !== null)
    const links = async (after: number): Promise<AuditLink[]> => {
      const found = await auditLinks.read(after, 100_000)
      return found.map((link) => this.link(link)).filter((link) => link !== null)
    }
    return {
      ...storage,
      events: {
        ...events,
        read: async (after, limit) => {
          const more = this.added.filter(({ position }) => position > after)
          const all = [...seen(await events.read(after, limit + 1_000)), ...more]
          return all.sort(byPosition).slice(0, limit)
        },
        list: async (filter, page) => {
          const found = await events.list(filter, page)
          return { ...found, items: seen(found.items) }
        },
      },
      auditLinks: {
        ...auditLinks,
        append: (link, after) => {
          this.appended.push(link)
          return auditLinks.append(link, after)
        },
        read: async (after, limit) => (await links(after)).slice(0, limit),
        latest: async () => (await links(0)).at(-1) ?? null,
      },
    }
  }
}
