import { type Analytics, toIso } from 'latchkey'
import { csvText } from './csv-text.ts'

type Row = readonly (string | number | null)[]

/** Lines that are made at once. More: memory. Fewer: more pieces on the way. */
const rowsAtOnce = 500

/** A line for each hour or day; of groups a line for each of them and value. What cannot be told is left empty. */
export function* analyticsCsv(analytics: Analytics): Generator<string, void> {
  const rows = analytics.groupPoints === null ? pointRows(analytics) : groupRows(analytics)
  let gathered: Row[] = []
  for (const row of rows) {
    gathered.push(row)
    if (gathered.length < rowsAtOnce) continue
    yield csvText(gathered)
    gathered = []
  }
  if (gathered.length > 0) yield csvText(gathered)
}

function* pointRows({ points }: Analytics): Generator<Row> {
  yield ['start', 'created', 'ended', 'verified', 'refused', 'distinct_users', 'distinct_devices']
  for (const { start, created, ended, verified, refused, distinctUsers, distinctDevices } of points) {
    yield [toIso(start), created, ended, verified, refused, distinctUsers, distinctDevices]
  }
}

function* groupRows({ groupPoints }: Analytics): Generator<Row> {
  yield ['start', 'value', 'sessions']
  for (const { start, created } of groupPoints ?? []) {
    for (const [value, count] of Object.entries(created)) yield [toIso(start), value, count]
  }
}
