import { postgresStorage } from 'latchkey/postgres'
import type { Preparation } from '../contestant.ts'
import { freshDatabase, poolOn } from '../databases/fresh-database.ts'
import { verifyWith } from './verify-latchkey.ts'

export const prepare: Preparation = async () => {
  const pool = poolOn(await freshDatabase())
  return verifyWith(postgresStorage(pool), () => pool.end())
}
