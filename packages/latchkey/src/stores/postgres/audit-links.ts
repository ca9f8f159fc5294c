import type { AuditLink } from '../../model/audit-link.ts'
import type { AuditLinks } from '../../ports/audit-links.ts'
import type { Connection } from './connection.ts'
import { type Big, toInstant } from './row.ts'

interface AuditLinkRow {
  readonly first_position: Big
  readonly last_position: Big
  readonly events: Big
  readonly digest: Uint8Array
  readonly at: Big
}

const columns = 'first_position, last_position, events, digest, at'

const newest = '(SELECT max(last_position) FROM session_audit_links)'

const beforeTheFirst = 0

/**
 * Of two who saw the same newest link the second meets the first's, for which it waits. A link without `knows_facts` is one
 * of an earlier version, and is not taken.
 */
const appendStatement = `INSERT INTO session_audit_links (${columns}, after_position, knows_facts)
  SELECT :first::bigint, :last::bigint, :count::bigint, :digest::bytea, :at::bigint, :after::bigint, true
  WHERE coalesce(${newest}, ${beforeTheFirst}) = :after::bigint
  ON CONFLICT DO NOTHING RETURNING 1`

export function postgresAuditLinks(connection: Connection): AuditLinks {
  const links = async (rest: string, values: Readonly<Record<string, number>> = {}): Promise<AuditLink[]> => {
    const rows = await connection.all<AuditLinkRow>(
      `SELECT ${columns} FROM session_audit_links ${rest}`,
      values,
    )
    return rows.map(toLink)
  }
  return {
    latest: async () => (await links('ORDER BY last_position DESC LIMIT 1'))[0] ?? null,

    async append(link, after) {
      const values = { ...link, after: after ?? beforeTheFirst }
      return (await connection.all(appendStatement, values)).length > 0
    },

    read: (after, limit) =>
      links('WHERE last_position > :after::bigint ORDER BY last_position LIMIT :limit::bigint', {
        after,
        limit,
      }),

    // Along the index by time: what is older than the limit was mostly forgotten before.
    async latestBefore(before) {
      const [found] = await links(
        `WHERE last_position = (SELECT max(last_position) FROM (
           SELECT last_position FROM session_audit_links WHERE at < :before::bigint OFFSET 0) AS old
         WHERE last_position < ${newest})`,
        { before },
      )
      return found ?? null
    },

    forgetBefore: async (last) =>
      void (await connection.all('DELETE FROM session_audit_links WHERE last_position < :last::bigint', {
        last,
      })),
  }
}

function toLink(row: AuditLinkRow): AuditLink {
  return {
    first: Number(row.first_position),
    last: Number(row.last_position),
    count: Number(row.events),
    digest: Uint8Array.from(row.digest),
    at: toInstant(row.at),
  }
}
