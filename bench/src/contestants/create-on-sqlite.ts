import { sqliteStorage } from 'latchkey/sqlite'
import type { Contestant } from '../contestant.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { type SignIns, signIns } from './sign-ins.ts'

/** WAL, synchronous=FULL. */
export async function createOnSqlite(how: SignIns): Promise<Contestant> {
  const folder = temporaryFolder()
  return signIns(sqliteStorage(`${folder.path}/sessions.db`), folder.remove, how)
}
