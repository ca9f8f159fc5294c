import type { Alert } from '../../model/alert.ts'
import { type AlertRow, alertColumns, alertColumnTypes, toAlertValues } from './alert-row.ts'
import type { Statements } from './connection.ts'
import type { Values } from './statement.ts'

const columns = Object.keys(alertColumnTypes) as (keyof AlertRow)[]

const isJson = (name: keyof AlertRow): boolean => alertColumnTypes[name] === 'jsonb'

/** JSON comes as text, since a driver makes an array of objects into something else. */
const arrays = columns.map((name) => `:${name}::${isJson(name) ? 'text' : alertColumnTypes[name]}[]`)

const input = `SELECT ${columns.map((name) => (isJson(name) ? `${name}::jsonb AS ${name}` : name)).join(', ')}
  FROM unnest(${arrays.join(', ')}) AS input (${alertColumns})`

const addStatement = `INSERT INTO session_alerts (${alertColumns}) ${input}`

const changed = columns.filter((name) => name !== 'id').map((name) => `${name} = next.${name}`)

/** In one order, so that two statements do not wait for one another in a circle. */
const replaceStatement = `WITH next AS (${input}),
locked AS MATERIALIZED (
  SELECT alert.id FROM next JOIN session_alerts AS alert ON alert.id = next.id AND alert.version = next.version - 1
  ORDER BY alert.id FOR NO KEY UPDATE OF alert)
UPDATE session_alerts AS alert SET ${changed.join(', ')} FROM next, locked
WHERE alert.id = next.id AND alert.id = locked.id AND alert.version = next.version - 1 RETURNING 1`

/** Fails where there is one of the same id. */
export async function addAlerts(statements: Statements, alerts: readonly Alert[]): Promise<void> {
  if (alerts.length > 0) await statements.all(addStatement, valuesOf(alerts))
}

/** Puts each in the place of the one of its id and of the version before; how many there were. No two have one id. */
export async function replaceAlerts(statements: Statements, alerts: readonly Alert[]): Promise<number> {
  return alerts.length === 0 ? 0 : (await statements.all(replaceStatement, valuesOf(alerts))).length
}

function valuesOf(alerts: readonly Alert[]): Values {
  const rows = alerts.map(toAlertValues)
  return Object.fromEntries(columns.map((name) => [name, rows.map((row) => row[name])]))
}
