import { hostname } from 'node:os'
import type { Membership } from '../../ports/invalidation-bus.ts'
import type { Statements } from './connection.ts'

/** In one statement, so that this process never stands in the registry twice. */
const register = `WITH gone AS (DELETE FROM session_nodes WHERE node_id = ANY(:instead::text[]))
INSERT INTO session_nodes (node_id, name, is_fenced, registered_at, renewed_at)
VALUES (:id::text, :name::text, false, clock_timestamp(), clock_timestamp())`

/** Whoever fences and whoever renews change the same row: one of them comes first, and the other sees it. */
const renew = `WITH renewed AS (
  UPDATE session_nodes SET renewed_at = clock_timestamp() WHERE node_id = :id::text AND NOT is_fenced RETURNING 1)
SELECT EXISTS (SELECT 1 FROM renewed) AS is_held, ARRAY(
  SELECT node_id FROM session_nodes WHERE node_id <> :id::text
    AND renewed_at < clock_timestamp() - :overdueAfter::float8 * interval '1 millisecond') AS overdue`

interface RenewalRow {
  readonly is_held: boolean
  readonly overdue: readonly string[]
}

/** On the connection that hears. */
export function postgresMembership(statements: Pick<Statements, 'all'>, abandon: () => void): Membership {
  return {
    async register(nodeId, instead) {
      await statements.all(register, { id: nodeId, instead, name: `${hostname()}:${process.pid}` })
    },
    async renew(nodeId, overdueAfter) {
      const [row] = await statements.all<RenewalRow>(renew, { id: nodeId, overdueAfter })
      return { isHeld: row?.is_held === true, overdue: row?.overdue ?? [] }
    },
    async leave(nodeIds) {
      await statements.all('DELETE FROM session_nodes WHERE node_id = ANY(:ids::text[])', { ids: nodeIds })
    },
    abandon,
  }
}
