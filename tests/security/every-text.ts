import { DatabaseSync } from 'node:sqlite'
import { newPool } from '../running-postgres.ts'
import type { Settings, StartedStore } from './started-store.ts'

/** Every row of every table of a database, as text: what somebody finds who copies it. */
export async function everyText({ kind }: Pick<StartedStore, 'kind'>, settings: Settings): Promise<string> {
  return kind === 'SQLite'
    ? everyTextOfFile(`${settings['LATCHKEY_DATA_DIR']}/latchkey.db`)
    : everyTextOfServer(settings['LATCHKEY_DATABASE_URL'] ?? '')
}

function everyTextOfFile(path: string): string {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
    return tables
      .flatMap(({ name }) => [String(name), ...database.prepare(`SELECT * FROM "${name}"`).all().map(textOf)])
      .join('\n')
  } finally {
    database.close()
  }
}

async function everyTextOfServer(connectionString: string): Promise<string> {
  const pool = newPool({ connectionString })
  try {
    const tables = await pool.query(
      'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()',
    )
    const texts: string[] = []
    for (const { name } of tables.rows) {
      const { rows } = await pool.query(`SELECT * FROM "${name}"`)
      texts.push(name, ...rows.map(textOf))
    }
    return texts.join('\n')
  } finally {
    await pool.end()
  }
}

function textOf(row: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(row, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  )
}
