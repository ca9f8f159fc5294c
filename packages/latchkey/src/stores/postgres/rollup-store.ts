import type { Instant } from '../../foundation/time.ts'
import type { LogPosition, Rollup, RollupInterval } from '../../model/rollup.ts'
import type { RollupBatch, RollupQuery, RollupStore } from '../../ports/rollup-store.ts'
import { addRollups } from './add-rollups.ts'
import type { Connection, Statements } from './connection.ts'
import { countUpTo, forgetFirst } from './first-rows.ts'
import { movedReader, reader } from './log-readers.ts'
import { type Big, toInstant } from './row.ts'
import { fromStoredText } from './stored-text.ts'

/** Said only where it narrows anything down: then the index is all that is looked into for what is not asked for. */
function readStatement({ measures, dimensions }: RollupQuery): string {
  const ofMeasures = measures.length === 0 ? '' : ' AND measure = ANY (:measures::text[])'
  const ofDimensions = dimensions.length === 0 ? '' : ' AND dimension = ANY (:dimensions::text[])'
  return `SELECT start, measure, dimension, value, count, sum FROM session_rollups
  WHERE interval = :interval::text AND start >= :from::bigint AND start < :until::bigint${ofMeasures}${ofDimensions}
  ORDER BY start, measure, dimension, value`
}

const isOld = 'interval = :interval::text AND start < :before::bigint'

const oldRollups = { table: 'session_rollups', key: 'interval, start, measure, dimension, value', isOld }

const oldMembers = {
  table: 'session_rollup_members',
  key: 'start, interval, measure, member',
  isOld: 'start < :before::bigint',
}

interface RollupRow extends Pick<Rollup, 'measure' | 'dimension' | 'value'> {
  readonly start: Big
  readonly count: Big
  readonly sum: Big
}

export function postgresRollupStore(connection: Connection): RollupStore {
  return {
    async position(): Promise<LogPosition> {
      const found = await reader(connection, 'rollups')
      return { position: found?.position ?? 0, since: found?.since ?? null }
    },

    apply: (batch) => connection.transaction((statements) => applyBatch(statements, batch)),

    async read(query: RollupQuery) {
      const rows = await connection.all<RollupRow>(readStatement(query), { ...query })
      return rows.map((row) => toRollup(row, query.interval))
    },

    replace: (from, batch) => connection.transaction((statements) => replaceFrom(statements, from, batch)),

    forget: (interval, before, limit) => forgetFirst(connection, oldRollups, { interval, before, limit }),

    forgetMembers: (before, limit) => forgetFirst(connection, oldMembers, { before, limit }),

    countBefore: (interval, before, most) => countUpTo(connection, oldRollups, { interval, before, most }),
  }
}

/** Whoever comes second waits for the reader's row, and finds it moved. */
async function applyBatch(statements: Statements, batch: RollupBatch): Promise<boolean> {
  if (!(await movedReader(statements, 'rollups', batch))) return false
  await addRollups(statements, batch)
  return true
}

async function replaceFrom(
  statements: Statements,
  from: Instant,
  batch: Omit<RollupBatch, 'after'>,
): Promise<boolean> {
  if (!(await movedReader(statements, 'rollups', { ...batch, after: batch.upTo }))) return false
  for (const { table } of [oldRollups, oldMembers]) {
    await statements.all(`DELETE FROM ${table} WHERE start >= :from::bigint`, { from })
  }
  for (let first = 0; first < batch.rollups.length; first += rollupsAtOnce) {
    const rollups = batch.rollups.slice(first, first + rollupsAtOnce)
    await addRollups(statements, { rollups, members: [] })
  }
  await addRollups(statements, { rollups: [], members: batch.members })
  return true
}

/** In one statement where all are written anew. More: with months of numbers it takes longer than a statement may. */
const rollupsAtOnce = 10_000

function toRollup(row: RollupRow, interval: RollupInterval): Rollup {
  return {
    interval,
    start: toInstant(row.start),
    measure: row.measure,
    dimension: row.dimension,
    value: fromStoredText(row.value),
    count: Number(row.count),
    sum: Number(row.sum),
  }
}
