import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { after, days, minutes } from '../../foundation/time.ts'
import { noon } from '../../testing/session-store-contract/sample-session.ts'
import { sqliteStorage } from './storage.ts'

it('what was claimed by processes that were killed is forgotten a day later, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-claims-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'sessions.db')
  const storage = sqliteStorage(path)
  await storage.open()
  const { workClaims } = storage
  const works = (): unknown => {
    const database = new DatabaseSync(path)
    const rows = database.prepare('SELECT work FROM session_work_claims ORDER BY work').all()
    database.close()
    return rows.map(({ work }) => work)
  }
  await workClaims.claim('killed', 'a', noon, after(noon, minutes(1)))
  await workClaims.claim('going on', 'a', noon, after(noon, days(2)))
  await workClaims.claim('reports', 'b', after(noon, days(1)), after(noon, days(2)))
  expect(works()).toEqual(['going on', 'killed', 'reports'])
  const later = after(after(noon, days(1)), minutes(2))
  expect(await workClaims.claim('going on', 'b', later, after(noon, days(2)))).toBe(false)
  expect(works()).toEqual(['going on', 'reports'])
  await storage.close()
})
