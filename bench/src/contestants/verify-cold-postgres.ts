import { postgresStorage } from 'latchkey/postgres'
import type { Preparation } from '../contestant.ts'
import { freshDatabase, poolOn } from '../databases/fresh-database.ts'
import { verifyCold } from './verify-cold.ts'

export const prepare: Preparation = async () => {
  const pool = poolOn(await freshDatabase())
  return verifyCold(postgresStorage(pool), () => pool.end(), 'open')
}
