import { sqliteStorage } from 'latchkey/sqlite'
import type { Preparation } from '../contestant.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { verifyWith } from './verify-latchkey.ts'

export const prepare: Preparation = () => {
  const folder = temporaryFolder()
  return verifyWith(sqliteStorage(`${folder.path}/sessions.db`), folder.remove)
}
