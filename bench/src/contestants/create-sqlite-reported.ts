import type { Preparation } from '../contestant.ts'
import { createOnSqlite } from './create-on-sqlite.ts'

export const prepare: Preparation = () =>
  createOnSqlite({ callers: 64, saying: 'request', device: 'none', sealing: 'open', reports: 'automatic' })
