import type { Instant } from '../../foundation/time.ts'
import type { Rollup, RollupMember } from '../../model/rollup.ts'
import type { RollupBatch, RollupQuery, RollupStore } from '../../ports/rollup-store.ts'
import type { Connection } from './connection.ts'
import type { GroupCommit } from './group-commit.ts'
import { beginReader, moveReader, readerOf } from './log-readers.ts'

export function sqliteRollupStore(connection: Connection, group: GroupCommit): RollupStore {
  return {
    async position() {
      return readerOf(connection, 'rollups') ?? { position: 0, since: null }
    },
    apply: (batch) => group.write(() => applyBatch(connection, batch), 'let-sleep'),
    async read(query) {
      return readRollups(connection, query)
    },
    replace: (from, batch) => group.write(() => replaceFrom(connection, from, batch), 'let-sleep'),
    forget: (interval, before, limit) =>
      group.write(() => connection.run(forgetRollups, { interval, before, limit })),
    forgetMembers: (before, limit) => group.write(() => connection.run(forgetMembers, { before, limit })),
    async countBefore(interval, before, most) {
      return connection.get<{ count: number }>(countRollups, { interval, before, most })?.count ?? 0
    },
  }
}

function applyBatch(connection: Connection, { after, upTo, since, rollups, members }: RollupBatch): boolean {
  if (after === 0) beginReader(connection, 'rollups', 0)
  if (!moveReader(connection, 'rollups', after, upTo, since)) return false
  addRollups(connection, rollups)
  addMembers(connection, members)
  return true
}

function replaceFrom(connection: Connection, from: Instant, batch: Omit<RollupBatch, 'after'>): boolean {
  const { upTo, since, rollups, members } = batch
  if (upTo === 0) beginReader(connection, 'rollups', 0)
  if (!moveReader(connection, 'rollups', upTo, upTo, since)) return false
  for (const interval of ['hour', 'day']) {
    connection.run('DELETE FROM session_rollups WHERE interval = :interval AND start >= :from', {
      interval,
      from,
    })
  }
  connection.run('DELETE FROM session_rollup_members WHERE start >= :from', { from })
  addRollups(connection, rollups)
  addMembers(connection, members)
  return true
}

/** One statement for all of them. */
const add = `INSERT INTO session_rollups (interval, start, measure, dimension, value, count, sum)
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
  FROM json_each(:rollups) WHERE true
  ON CONFLICT (interval, start, measure, dimension, value)
  DO UPDATE SET count = count + excluded.count, sum = sum + excluded.sum`

function addRollups(connection: Connection, rollups: readonly Rollup[]): void {
  if (rollups.length === 0) return
  const rows = rollups.map((one) => [
    one.interval,
    one.start,
    one.measure,
    one.dimension,
    one.value,
    one.count,
    one.sum,
  ])
  connection.run(add, { rollups: JSON.stringify(rows) })
}

/** Brings what was not there yet. */
const addNewMembers = `INSERT INTO session_rollup_members (start, interval, measure, member)
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(:members) WHERE true
  ON CONFLICT (start, interval, measure, member) DO NOTHING RETURNING start, interval, measure`

function addMembers(connection: Connection, members: readonly RollupMember[]): void {
  if (members.length === 0) return
  const rows = members.map(({ start, interval, measure, member }) => [start, interval, measure, member])
  const added = connection.all<Omit<RollupMember, 'member'>>(addNewMembers, { members: JSON.stringify(rows) })
  const counts = new Map<string, Rollup>()
  for (const { start, interval, measure } of added) {
    const key = `${start} ${interval} ${measure}`
    const count = (counts.get(key)?.count ?? 0) + 1
    counts.set(key, { interval, start, measure, dimension: 'all', value: '', count, sum: 0 })
  }
  addRollups(connection, [...counts.values()])
}

type RollupValues = readonly [
  Instant,
  Rollup['measure'],
  Rollup['dimension'],
  string,
  count: number,
  sum: number,
]

/** As one text: thousands of rows, each as an object of its own, take three times as long. */
function readRollups(connection: Connection, query: RollupQuery): readonly Rollup[] {
  const { interval, from, until, measures, dimensions } = query
  const among = (column: string, names: readonly string[]): string =>
    names.length === 0 ? '' : ` AND ${column} IN (SELECT value FROM json_each(:${column}s))`
  const sql = `SELECT json_group_array(json_array(start, measure, dimension, value, count, sum)) AS rollups
    FROM (SELECT start, measure, dimension, value, count, sum FROM session_rollups
      WHERE interval = :interval AND start >= :from AND start < :until
        ${among('measure', measures)}${among('dimension', dimensions)}
      ORDER BY interval, start, measure, dimension, value)`
  const values = { measures: JSON.stringify(measures), dimensions: JSON.stringify(dimensions) }
  const row = connection.get<{ rollups: string }>(sql, { interval, from, until, ...values })
  const found = JSON.parse(row?.rollups ?? '[]') as readonly RollupValues[]
  return found.map(([start, measure, dimension, value, count, sum]) => ({
    interval,
    start,
    measure,
    dimension,
    value,
    count,
    sum,
  }))
}

const forgetRollups = `DELETE FROM session_rollups WHERE (interval, start, measure, dimension, value) IN (
  SELECT interval, start, measure, dimension, value FROM session_rollups
  WHERE interval = :interval AND start < :before ORDER BY start, measure, dimension, value LIMIT :limit)`

const forgetMembers = `DELETE FROM session_rollup_members WHERE (start, interval, measure, member) IN (
  SELECT start, interval, measure, member FROM session_rollup_members WHERE start < :before
  ORDER BY start, interval, measure, member LIMIT :limit)`

const countRollups = `SELECT count(*) AS count FROM (
  SELECT 1 FROM session_rollups WHERE interval = :interval AND start < :before LIMIT :most)`
