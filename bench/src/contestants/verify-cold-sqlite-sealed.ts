import { sqliteStorage } from 'latchkey/sqlite'
import type { Preparation } from '../contestant.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { verifyCold } from './verify-cold.ts'

export const prepare: Preparation = () => {
  const folder = temporaryFolder()
  return verifyCold(sqliteStorage(`${folder.path}/sessions.db`), folder.remove, 'sealed')
}
