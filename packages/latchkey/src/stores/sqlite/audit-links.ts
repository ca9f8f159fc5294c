import type { AuditLink } from '../../model/audit-link.ts'
import type { AuditLinks } from '../../ports/audit-links.ts'
import type { Connection } from './connection.ts'
import type { GroupCommit } from './group-commit.ts'

const links = 'SELECT first, last, count, digest, at FROM session_audit_links'

export function sqliteAuditLinks(connection: Connection, group: GroupCommit): AuditLinks {
  return {
    async latest() {
      return linkOf(connection.get<AuditLink>(`${links} ORDER BY last DESC LIMIT 1`))
    },

    async append({ first, last, count, digest, at }, after) {
      const values = { first, last, count, digest, at, after }
      return group.write(
        () =>
          connection.run(
            `INSERT INTO session_audit_links (first, last, count, digest, at)
             SELECT :first, :last, :count, :digest, :at
             WHERE (SELECT max(last) FROM session_audit_links) IS :after`,
            values,
          ) > 0,
      )
    },

    async read(after, limit) {
      return connection
        .all<AuditLink>(`${links} WHERE last > :after ORDER BY last LIMIT :limit`, { after, limit })
        .map((row) => ({ ...row }))
    },

    async latestBefore(before) {
      const older = `${links} INDEXED BY session_audit_links_by_time
        WHERE at < :before AND last < (SELECT max(last) FROM session_audit_links) ORDER BY last DESC LIMIT 1`
      return linkOf(connection.get<AuditLink>(older, { before }))
    },

    async forgetBefore(last) {
      await group.write(() => connection.run('DELETE FROM session_audit_links WHERE last < :last', { last }))
    },
  }
}

function linkOf(row: AuditLink | undefined): AuditLink | null {
  return row ? { ...row } : null
}
