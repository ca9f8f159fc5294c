import type { SealedTable } from '../../ports/data-key-store.ts'
import type { SealedValues, StoredValues } from '../../ports/sealed-values.ts'
import type { Connection } from './connection.ts'
import { orNull } from './json-columns.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

/** Where the values of a table are: a column for each, by name. */
interface Place {
  readonly columns: Readonly<Record<string, string>>
  /** The columns of what addresses and their networks are found by, by name. */
  readonly keys: Readonly<Partial<Record<'addressKey' | 'rangeKey', string>>>
}

const places: Readonly<Record<SealedTable, Place>> = {
  user_sessions: {
    columns: { ipAddress: 'ip_address', userAgent: 'user_agent' },
    keys: { addressKey: 'address_key', rangeKey: 'range_key' },
  },
  user_devices: { columns: { fingerprints: 'fingerprints' }, keys: {} },
}

type Row = Readonly<Record<string, string | null>> & { readonly id: string }

/** Along the primary key, from where the caller left off. */
function readStatement(table: SealedTable): string {
  const { columns, keys } = places[table]
  const names = Object.values(columns)
  const isOther = names.map((name) => `${name} IS NOT NULL AND NOT starts_with(${name}, :prefix::text)`)
  return `SELECT ${['id', ...names, ...Object.values(keys)].join(', ')} FROM ${table}
  WHERE (${isOther.join(' OR ')}) AND id > coalesce(:afterId::text, '')
  ORDER BY id LIMIT :limit::bigint`
}

/** A value that is another one by now is left alone. Rows are locked in the order in which every other statement does. */
function replaceStatement(table: SealedTable): string {
  const { columns, keys } = places[table]
  const names = [...Object.values(columns), ...Object.values(keys)]
  const arrays = names.flatMap((name) => [`:was_${name}::text[]`, `:next_${name}::text[]`])
  const inputs = names.flatMap((name) => [`was_${name}`, `next_${name}`])
  const chosen = names.map(
    (name) =>
      `${name} = CASE WHEN kept.${name} IS NOT DISTINCT FROM was_${name} THEN next_${name} ELSE kept.${name} END`,
  )
  return `WITH locked AS MATERIALIZED (
  SELECT kept.shard, input.* FROM unnest(:ids::text[], ${arrays.join(', ')}) AS input (id, ${inputs.join(', ')})
    JOIN ${table} AS kept ON kept.id = input.id
  ORDER BY kept.shard, kept.id FOR NO KEY UPDATE OF kept)
UPDATE ${table} AS kept SET ${chosen.join(', ')}
FROM locked WHERE kept.id = locked.id AND kept.shard = locked.shard`
}

const statements: Readonly<Record<SealedTable, { readonly read: string; readonly replace: string }>> = {
  user_sessions: { read: readStatement('user_sessions'), replace: replaceStatement('user_sessions') },
  user_devices: { read: readStatement('user_devices'), replace: replaceStatement('user_devices') },
}

export function postgresSealedValues(connection: Connection): SealedValues {
  return {
    async notSealedBy(table, prefix, afterId, limit) {
      const rows = await connection.all<Row>(statements[table].read, { prefix, afterId, limit })
      return rows.map((row) => toStoredValues(places[table], row))
    },

    async replace(table, read, next) {
      if (read.length === 0) return
      const { columns, keys } = places[table]
      const arrays = Object.entries(columns).flatMap(([name, column]) => [
        [`was_${column}`, read.map(({ values }) => toColumn(values[name]))],
        [`next_${column}`, next.map(({ values }) => toColumn(values[name]))],
      ])
      const found = (['addressKey', 'rangeKey'] as const).flatMap((name) => [
        [`was_${keys[name]}`, read.map((values) => toColumn(values[name]))],
        [`next_${keys[name]}`, next.map((values) => toColumn(values[name]))],
      ])
      const ids = read.map(({ id }) => id)
      await connection.all(statements[table].replace, { ids, ...Object.fromEntries([...arrays, ...found]) })
    },
  }
}

function toColumn(value: string | null | undefined): string | null {
  return orNull(value ?? null, toStoredText)
}

function toStoredValues({ columns, keys }: Place, row: Row): StoredValues {
  const values = Object.entries(columns).map(([name, column]) => [name, fromColumn(row[column])])
  return { id: row.id, values: Object.fromEntries(values), ...keysOf(keys, row) }
}

function keysOf(
  { addressKey, rangeKey }: Place['keys'],
  row: Row,
): Pick<StoredValues, 'addressKey' | 'rangeKey'> {
  const read = (column: string | undefined) => fromColumn(column === undefined ? null : row[column])
  return { addressKey: read(addressKey), rangeKey: read(rangeKey) }
}

function fromColumn(value: string | null | undefined): string | null {
  return orNull(value ?? null, fromStoredText)
}
