import type { Sessions } from 'latchkey'
import type { Pool } from 'pg'
import type { Comparison } from './node-request.ts'

const bareUpdate = {
  name: 'bare-update',
  text: `UPDATE user_sessions SET invalidated_at = $3, end_reason = 'revoked', ended_by = 'system'
    WHERE id = $1 AND shard = $2 AND invalidated_at IS NULL`,
}

const takenBack = {
  name: 'taken-back',
  text: `UPDATE user_sessions SET invalidated_at = NULL, end_reason = NULL, ended_by = NULL
    WHERE id = $1 AND shard = $2`,
}

/** The same row each time: first a bare statement, committed and taken back, then Latchkey's ending, acknowledged. */
export async function compareWithUpdate(
  sessions: Sessions,
  pool: Pool,
  ids: readonly string[],
): Promise<Comparison> {
  const shards = await shardsOf(pool, ids)
  const bare: number[] = []
  const acknowledged: number[] = []
  const afterCommit: number[] = []
  const confirmedBy: number[] = []
  for (const id of ids) {
    const key = [id, shards.get(id)]
    const start = performance.now()
    const updated = await pool.query({ ...bareUpdate, values: [...key, Date.now()] })
    bare.push(performance.now() - start)
    if (updated.rowCount !== 1) throw new Error('Nothing was updated')
    await pool.query({ ...takenBack, values: key })

    const begin = performance.now()
    const isEnded = await sessions.invalidateSession(id, {
      onReceipt: ({ confirmed, duration: confirming }) => {
        confirmedBy.push(confirmed)
        afterCommit.push(confirming)
      },
    })
    acknowledged.push(performance.now() - begin)
    if (!isEnded) throw new Error('Nothing was ended')
  }
  return { bare, acknowledged, afterCommit, confirmedBy }
}

async function shardsOf(pool: Pool, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ id: string; shard: number }>(
    'SELECT id, shard FROM user_sessions WHERE id = ANY($1)',
    [ids],
  )
  return new Map(rows.map(({ id, shard }) => [id, shard]))
}
