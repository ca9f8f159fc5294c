import { postgresStorage } from 'latchkey/postgres'
import type { Contestant } from '../contestant.ts'
import { freshDatabase, poolOn } from '../databases/fresh-database.ts'
import { type SignIns, signIns } from './sign-ins.ts'

/** 64 callers at a time. */
export async function createOnPostgres(how: Omit<SignIns, 'callers'>): Promise<Contestant> {
  const pool = poolOn(await freshDatabase())
  return signIns(postgresStorage(pool), () => pool.end(), { callers: 64, ...how })
}
