import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { LatchkeyError } from 'latchkey'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-program.ts'
import { openAccountsDatabase } from './accounts-database.ts'
import { accountsMigrations } from './accounts-migrations.ts'

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'no error'
  } catch (error) {
    return error instanceof LatchkeyError ? error.code : `not ours: ${String(error)}`
  }
}

describe('the database of accounts', () => {
  it('is migrated once, and opened by several at a time', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'a.db')
    const databases = [openAccountsDatabase(path), openAccountsDatabase(path)]
    const versions = databases.map((database) =>
      database.read((prepare) => prepare('SELECT count(*) AS count FROM program_schema').get()?.['count']),
    )
    expect(versions).toEqual([accountsMigrations.length, accountsMigrations.length])
    for (const database of databases) database.close()
  })

  it('undoes all of a write that fails half-way', () => {
    const database = openAccountsDatabase(':memory:')
    const insert = `INSERT INTO setup_links (only_one, token_hash, expires_at) VALUES (1, x'00', 1)`
    const failing = () =>
      database.write((prepare) => {
        prepare(insert).run()
        throw new Error('half-way')
      })
    expect(codeOf(failing)).toBe('storage-failed')
    expect(database.read((prepare) => prepare('SELECT * FROM setup_links').all())).toEqual([])
    expect(codeOf(() => database.write((prepare) => prepare(insert).run()))).toBe('no error')
  })

  it('refuses a newer schema and changes nothing', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'a.db')
    openAccountsDatabase(path).close()
    const other = new DatabaseSync(path)
    other.exec('INSERT INTO program_schema (version) VALUES (99)')
    other.close()
    const before = await readFile(path)
    expect(codeOf(() => openAccountsDatabase(path))).toBe('storage-too-new')
    expect(await readFile(path)).toEqual(before)
  })

  it('refuses a file that is no database and does not write over it', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'a.db')
    const content = Buffer.alloc(8_192, 'not a database ')
    await writeFile(path, content)
    expect(codeOf(() => openAccountsDatabase(path))).toBe('storage-corrupt')
    expect(await readFile(path)).toEqual(content)
  })

  it('says that the storage is away when the file cannot be opened, and that it is closed when it is', async () => {
    expect(codeOf(() => openAccountsDatabase('/nonexistent/folder/a.db'))).toBe('storage-unavailable')
    const database = openAccountsDatabase(':memory:')
    database.close()
    database.close()
    expect(codeOf(() => database.ping())).toBe('closed')
  })

  it('waits for nobody in vain: another writer makes it busy, which may be tried again', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'a.db')
    const database = openAccountsDatabase(path)
    database.read((prepare) => prepare('PRAGMA busy_timeout = 0').all())
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    const write = () => database.write((prepare) => prepare('DELETE FROM setup_links').run())
    expect(codeOf(write)).toBe('storage-busy')
    other.exec('ROLLBACK')
    expect(codeOf(write)).toBe('no error')
    other.close()
    database.close()
  })
})
