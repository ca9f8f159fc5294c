import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  changedAt,
  digestOf,
  noon,
  plainly,
  revokedAt,
  sampleDataKey,
  sampleSession,
} from '../../testing/session-store-contract/sample-session.ts'
import { sqliteStorage } from './storage.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-read-only-'))
  path = join(folder, 'sessions.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

async function filled(): Promise<void> {
  const writer = sqliteStorage(path)
  await writer.open()
  await writer.sessions.insert(sampleSession('ada'), plainly)
  await writer.close()
}

describe('a storage that only reads', () => {
  it('makes no file where there is none', async () => {
    const reader = sqliteStorage(path, { access: 'read-only' })
    await expect(reader.open()).rejects.toMatchObject({ code: 'storage-unavailable' })
    expect(readdirSync(folder)).toEqual([])
  })

  it('reads a file that nobody has open, and leaves nothing beside it', async () => {
    await filled()
    const before = readFileSync(path)
    const reader = sqliteStorage(path, { access: 'read-only' })
    await reader.open()
    expect(await reader.statistics.totals()).toMatchObject({ created: 1, active: 1 })
    await reader.close()
    expect(readdirSync(folder)).toEqual(['sessions.db'])
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('sees what a writer that has the file open has just committed', async () => {
    const writer = sqliteStorage(path)
    await writer.open()
    await writer.sessions.insert(sampleSession('ada'), plainly)
    const reader = sqliteStorage(path, { access: 'read-only' })
    await reader.open()
    expect(await reader.statistics.totals()).toMatchObject({ created: 1 })
    await writer.sessions.insert(sampleSession('bob'), plainly)
    expect(await reader.statistics.totals()).toMatchObject({ created: 2 })
    await reader.close()
    await writer.close()
  })

  it('rejects every change', async () => {
    await filled()
    const reader = sqliteStorage(path, { access: 'read-only' })
    await reader.open()
    const changes = [
      () => reader.sessions.insert(sampleSession('ada'), plainly),
      () => reader.sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon)),
      () => reader.sessions.forgetUser('ada', changedAt(noon), digestOf),
      () => reader.sessions.fade('ipAddress', noon, noon, 1),
      () => reader.devices.forgetUnused(noon, noon, 1),
      () => reader.dataKeys.add(sampleDataKey()),
    ]
    for (const change of changes)
      await expect(change()).rejects.toMatchObject({ code: 'storage-unavailable' })
    expect(await reader.statistics.totals()).toMatchObject({ active: 1 })
    await reader.close()
  })

  it('refuses a file without the schema, and does not bring it up to date', async () => {
    writeFileSync(path, '')
    const reader = sqliteStorage(path, { access: 'read-only' })
    await expect(reader.open()).rejects.toMatchObject({ code: 'storage-failed' })
    expect(readFileSync(path)).toHaveLength(0)
  })
})
