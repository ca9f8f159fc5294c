import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { systemClock } from 'latchkey'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Settings } from '../configuration/settings.ts'
import { diagnose } from '../diagnosis/diagnose.ts'
import {
  settingsIn,
  sqlitePathOf,
  type TemporaryFolder,
  temporaryFolder,
} from '../testing/temporary-program.ts'
import { createLogger } from './logger.ts'
import { openProgram } from './open-program.ts'
import { type RunningProgram, serve } from './serve.ts'

vi.setConfig({ testTimeout: 60_000 })

let folder: TemporaryFolder
let settings: Settings
let lines: string[]

beforeEach(async () => {
  folder = await temporaryFolder()
  settings = await settingsIn(folder, { LATCHKEY_PORT: '0' })
  lines = []
})
afterEach(() => folder[Symbol.asyncDispose]())

async function served<Result>(work: (running: RunningProgram) => Promise<Result>): Promise<Result> {
  const running = await serve(settings, createLogger('info', { write: (line) => void lines.push(line) }))
  try {
    return await work(running)
  } finally {
    await running.stop('at-once')
  }
}

const signIn = ({ program }: RunningProgram) => program.sessions.createSession({ userId: '42' })

function tamper(...statements: readonly string[]): void {
  const database = new DatabaseSync(sqlitePathOf(settings))
  for (const statement of statements) database.exec(statement)
  database.close()
}

async function verifiedByCommand(): Promise<unknown> {
  const program = await openProgram(settings)
  try {
    return await program.sessions.verifyAudit()
  } finally {
    await program.close()
  }
}

const auditFinding = async () =>
  (await diagnose(settings, systemClock)).find(({ check }) => check === 'audit')

it.each([
  ['all links', 'DELETE FROM session_audit_links'],
  [
    'the last link',
    'DELETE FROM session_audit_links WHERE last = (SELECT max(last) FROM session_audit_links)',
  ],
])(
  'an event that is altered with %s removed while nothing runs is found, and sessions are served',
  async (_what, removal) => {
    await served(signIn)
    await served(signIn)
    tamper(
      removal,
      `UPDATE session_events SET user_id = 'mallory' WHERE position = (SELECT max(position) FROM session_events)`,
    )
    expect(await auditFinding()).toMatchObject({
      status: 'failed',
      saw: expect.stringContaining('head-missing'),
    })
    expect(await verifiedByCommand()).toMatchObject({ kind: 'broken', fault: 'head-missing' })
    await served(async (running) => {
      const { token } = await signIn(running)
      expect(await running.program.sessions.verifySession(token)).toMatchObject({ active: true })
      expect(await running.program.sessions.verifyAudit()).toMatchObject({ fault: 'head-missing' })
    })
    expect(lines.join('')).toContain('THE AUDIT LOG IS NOT WHAT IT WAS')
    // It is not forgotten by being served.
    expect(await verifiedByCommand()).toMatchObject({ kind: 'broken', fault: 'head-missing' })
  },
)

it('a log that nobody touched is intact from start to start, to the doctor as well', async () => {
  for (let start = 0; start < 3; start += 1) await served(signIn)
  expect(await verifiedByCommand()).toMatchObject({ kind: 'intact' })
  expect(await auditFinding()).toMatchObject({ status: 'ok' })
  expect(lines.join('')).not.toContain('audit-head-missing')
})

it('after a restored backup the log goes on from what it holds', async () => {
  const backup = join(folder.path, 'backup.db')
  await served(signIn)
  await copyFile(sqlitePathOf(settings), backup)
  await served(signIn)
  await copyFile(backup, sqlitePathOf(settings))
  expect(await verifiedByCommand()).toMatchObject({ kind: 'intact' })
  await served(signIn)
  await served(signIn)
  expect(await verifiedByCommand()).toMatchObject({ kind: 'intact' })
  expect(lines.join('')).toContain('OLDER THAN IT WAS')
  expect(lines.join('')).not.toContain('audit-head-missing')
})

it('a description of a device that is no JSON is an altered event', async () => {
  await served(signIn)
  tamper(
    'PRAGMA ignore_check_constraints = on',
    `UPDATE session_events SET device = 'no json' WHERE type = 'session.created'`,
  )
  expect(await verifiedByCommand()).toMatchObject({ kind: 'broken', fault: 'altered' })
  expect(() => tamper(`UPDATE session_events SET device = 'no json'`)).toThrow('CHECK constraint failed')
})
