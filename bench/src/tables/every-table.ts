import type { Table } from '../table.ts'
import { cleanup } from './cleanup.ts'
import { createPostgres } from './create-postgres.ts'
import { createSqlite } from './create-sqlite.ts'
import { endings } from './endings.ts'
import { http } from './http.ts'
import { memory } from './memory.ts'
import { questions } from './questions.ts'
import { reports } from './reports.ts'
import { signals } from './signals.ts'
import { touch } from './touch.ts'
import { verify } from './verify.ts'

/** In the order of the page. */
export const tables: readonly Table[] = [
  verify,
  http,
  createPostgres,
  createSqlite,
  touch,
  endings,
  questions,
  reports,
  cleanup,
  memory,
  signals,
]
