import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { settingsIn, sqlitePathOf, temporaryFolder } from '../testing/temporary-program.ts'
import { createLogger } from './logger.ts'
import { restoredNote } from './restored-database.ts'
import { type RunningProgram, serve } from './serve.ts'

vi.setConfig({ testTimeout: 60_000 })

it('a session that was ended after the backup does not come back with it, and new ones are made', async () => {
  await using folder = await temporaryFolder()
  const settings = await settingsIn(folder, { LATCHKEY_PORT: '0' })
  const file = sqlitePathOf(settings)
  const backup = join(folder.path, 'backup')
  await mkdir(backup)
  const served = async <Result>(work: (running: RunningProgram) => Promise<Result>): Promise<Result> => {
    const running = await serve(settings, createLogger('silent'))
    try {
      return await work(running)
    } finally {
      await running.stop('at-once')
    }
  }

  const { session, token } = await served(({ program }) => program.sessions.createSession({ userId: '42' }))
  await copyFile(file, join(backup, 'latchkey.db'))
  await served(({ program }) => program.sessions.invalidateSession(session.id))
  await copyFile(join(backup, 'latchkey.db'), file)

  await served(async ({ program: { sessions } }) => {
    expect(await sessions.verifySession(token)).toEqual({ active: false, reason: 'revoked' })
    expect(await sessions.listCutOffs()).toMatchObject([{ scope: { kind: 'everybody' }, note: restoredNote }])
    const { items } = await sessions.listEvents({ types: ['cut-off.set'] }, { cursor: null, limit: 10 })
    expect(items).toMatchObject([{ actor: 'system', after: { note: restoredNote } }])
  })
  const later = await served(({ program }) => program.sessions.createSession({ userId: '42' }))
  await served(async ({ program: { sessions } }) => {
    expect(await sessions.verifySession(later.token)).toMatchObject({ active: true })
    expect(await sessions.listCutOffs()).toHaveLength(1)
  })
})
