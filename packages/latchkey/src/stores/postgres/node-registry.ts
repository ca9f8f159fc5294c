import { instantOf, milliseconds } from '../../foundation/time.ts'
import type { NodeRegistry } from '../../ports/node-registry.ts'
import type { Statements } from './connection.ts'

const everyNode = `SELECT node_id, name, is_fenced, extract(epoch FROM registered_at) * 1000 AS registered_at,
    extract(epoch FROM clock_timestamp() - renewed_at) * 1000 AS since_renewal
  FROM session_nodes ORDER BY registered_at, node_id`

interface NodeRow {
  readonly node_id: string
  readonly name: string
  readonly is_fenced: boolean
  readonly registered_at: string
  readonly since_renewal: string
}

export function postgresNodeRegistry(statements: Statements): NodeRegistry {
  return {
    async nodes() {
      const rows = await statements.all<NodeRow>(everyNode)
      return rows.map((row) => ({
        id: row.node_id,
        name: row.name,
        isFenced: row.is_fenced,
        registeredAt: instantOf(Math.floor(Number(row.registered_at))),
        sinceRenewal: milliseconds(Math.max(0, Number(row.since_renewal))),
      }))
    },

    async fence(ids) {
      const rows = await statements.all<{ node_id: string }>(
        'UPDATE session_nodes SET is_fenced = true WHERE node_id = ANY(:ids::text[]) RETURNING node_id',
        { ids },
      )
      return rows.map(({ node_id }) => node_id)
    },

    async remove(ids) {
      await statements.all('DELETE FROM session_nodes WHERE node_id = ANY(:ids::text[]) AND is_fenced', {
        ids,
      })
    },
  }
}
