import type { SessionTotals } from '../../model/session-statistics.ts'
import type { Statements } from './connection.ts'

/**
 * The part of a statement that counts what it did, `changes` bringing `shard, name, by`. There are many counters of
 * each name, so that changes of two users seldom wait for one another: a statement counts in the row of one of its
 * shards. It takes its counters in one order, and after its sessions, so that two statements do not wait for one
 * another in a circle.
 */
export function addToCounters(changes: string): string {
  return adding(`
    SELECT ${counterOf('(array_agg(shard))[1]')} AS shard, name, sum(by) FROM (${changes}) AS change (shard, name, by)
    GROUP BY name ORDER BY 1, 2`)
}

/** As `addToCounters`, where `change` brings one row at most. */
export function addOneToCounters(change: string): string {
  return adding(
    `SELECT ${counterOf('shard')} AS shard, name, by FROM (${change}) AS change (shard, name, by)`,
  )
}

function adding(changes: string): string {
  return `INSERT INTO session_counters AS counter (shard, name, value) ${changes}
    ON CONFLICT (shard, name) DO UPDATE SET value = counter.value + excluded.value`
}

/** Counters of endings for each reason. More: whoever asks for totals reads them all. Fewer: endings wait for one another. */
const ofEndings = 128

function counterOf(shard: string): string {
  return `CASE WHEN name = 'created' THEN ${shard} ELSE (${shard} % ${ofEndings})::smallint END`
}

/**
 * What was created and has not ended is active: the difference is computed, not counted a second time. There are
 * some two thousand counters, however many sessions.
 */
export async function readTotals(statements: Statements): Promise<SessionTotals> {
  const rows = await statements.all<{ name: string; value: string }>(
    'SELECT name, sum(value) AS value FROM session_counters GROUP BY name',
  )
  const values = new Map(rows.map((row) => [row.name, Number(row.value)]))
  const created = values.get('created') ?? 0
  const ended = {
    logout: values.get('logout') ?? 0,
    expired: values.get('expired') ?? 0,
    'idle-timeout': values.get('idle-timeout') ?? 0,
    revoked: values.get('revoked') ?? 0,
    replaced: values.get('replaced') ?? 0,
    'session-limit': values.get('session-limit') ?? 0,
    'token-reuse': values.get('token-reuse') ?? 0,
    'network-change': values.get('network-change') ?? 0,
  }
  const endedSum = Object.values(ended).reduce((sum, count) => sum + count, 0)
  return { active: created - endedSum, created, ended }
}
