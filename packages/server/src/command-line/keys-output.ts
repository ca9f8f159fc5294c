import { toIso } from 'latchkey'
import type { DataKeyState, RotatedTable, SealedTableState } from 'latchkey/sealed'
import { table as columns } from './report.ts'

type Json = Record<string, unknown>

export function listedOnWire(states: readonly SealedTableState[]): Json {
  return {
    tables: states.map(({ table, keys, inClear, byEarlierKey, unreadable, isWhole }) => ({
      table,
      keys: keys.map(({ id, state, createdAt }) => ({ id, state, created_at: toIso(createdAt) })),
      in_clear: inClear,
      by_earlier_key: byEarlierKey,
      unreadable,
      is_whole: isWhole,
    })),
  }
}

const meanings: Readonly<Record<DataKeyState['state'], string>> = {
  writing: 'in use',
  superseded: 'superseded',
  unreadable: 'cannot be unwrapped: another master secret',
}

export function listedLines(states: readonly SealedTableState[]): string[] {
  const rows = states.flatMap(({ table, keys }) =>
    keys.map(({ id, state, createdAt }) => [id, table, toIso(createdAt), meanings[state]]),
  )
  return [...columns(rows), ...states.flatMap(whatIsLeft)]
}

function whatIsLeft({ table, inClear, byEarlierKey, unreadable, isWhole }: SealedTableState): string[] {
  const parts = [
    [inClear, 'in clear'],
    [byEarlierKey, 'sealed by an earlier key'],
    [unreadable, 'that cannot be read'],
  ] as const
  const counts = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  if (counts.length === 0) return []
  return [`Values in ${table}: ${counts.join(', ')}${isWhole ? '' : ', as far as they were counted'}.`]
}

export function rotatedOnWire(rotated: readonly RotatedTable[]): Json {
  return {
    tables: rotated.map(({ table, keyId, rotation, sealed, unreadable, retired, kept, retirableAt }) => ({
      table,
      key: keyId,
      rotation,
      sealed,
      unreadable,
      retired,
      kept,
      retirable_at: retirableAt && toIso(retirableAt),
    })),
  }
}

export function rotatedLines(rotated: readonly RotatedTable[]): string[] {
  return rotated.flatMap(({ table, keyId, rotation, sealed, unreadable, retired, kept, retirableAt }) => [
    rotation === 'begun'
      ? `${table}: new key ${keyId}; values sealed by it: ${sealed}.`
      : `${table}: went on with the rotation to key ${keyId}; values sealed by it: ${sealed}.`,
    ...(unreadable > 0 ? [`  Left as they are, since they cannot be read: ${unreadable}.`] : []),
    ...retired.map((id) => `  Key ${id} was taken out: nothing is sealed by it any more.`),
    ...kept.map(
      (id) =>
        `  Key ${id} stays until ${retirableAt && toIso(retirableAt)}, for servers that have not heard of the new one.`,
    ),
    ...(kept.length > 0 ? ['  Then a running server takes it out; or run this command again.'] : []),
  ])
}
