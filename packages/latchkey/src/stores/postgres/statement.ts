import { createHash } from 'node:crypto'
import type { PostgresQuery } from './postgres-pool.ts'

/** What stands in a statement under `:name`. */
export type Values = Readonly<Record<string, unknown>>

interface Prepared {
  readonly name: string
  readonly text: string
  readonly names: readonly string[]
}

/** There are some sixty texts in all; each is taken apart once for the life of the process. */
const known = new Map<string, Prepared>()

/** The statement as the driver takes it: `:name` became `$1`, and its name is always the same for the same text. */
export function toQuery(sql: string, values: Values): PostgresQuery {
  const prepared = known.get(sql) ?? prepare(sql)
  return {
    name: prepared.name,
    text: prepared.text,
    values: prepared.names.map((name) => values[name] ?? null),
  }
}

function prepare(sql: string): Prepared {
  const names: string[] = []
  // A colon that follows another one begins the name of a type.
  const text = sql.replace(/(?<!:):([a-z]\w*)/gi, (_, name: string) => {
    if (!names.includes(name)) names.push(name)
    return `$${names.indexOf(name) + 1}`
  })
  const name = `latchkey_${createHash('sha256').update(text).digest('hex').slice(0, 20)}`
  const prepared = { name, text, names }
  known.set(sql, prepared)
  return prepared
}
