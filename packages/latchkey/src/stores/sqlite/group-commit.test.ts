import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { plainly, sampleSession } from '../../testing/session-store-contract/sample-session.ts'
import { type Connection, sqliteConnection } from './connection.ts'
import { groupCommit } from './group-commit.ts'
import { storageOn } from './storage.ts'

let folder = ''
let connection: Connection
let statements: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-group-'))
  statements = []
  connection = sqliteConnection(join(folder, 'sessions.db'), (sql) => statements.push(sql))
  connection.open()
  connection.script('PRAGMA journal_mode = WAL; CREATE TABLE notes (note TEXT UNIQUE)')
})

afterEach(async () => {
  connection.close('for-good')
  await rm(folder, { recursive: true })
})

function insert(note: string): () => number {
  return () => connection.run('INSERT INTO notes VALUES (:note)', { note })
}

function notes(): string[] {
  return connection.all<{ note: string }>('SELECT note FROM notes').map((row) => row.note)
}

describe('a group commit', { timeout: 30_000 }, () => {
  it('takes what is asked for in one turn of the event loop into one transaction', async () => {
    const group = groupCommit(connection, () => {})
    await Promise.all(['a', 'b', 'c'].map((note) => group.write(insert(note))))
    expect(statements.filter((sql) => sql === 'COMMIT')).toHaveLength(1)
    await group.write(insert('d'))
    expect(statements.filter((sql) => sql === 'COMMIT')).toHaveLength(2)
    expect(notes()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('acknowledges nothing before the commit', async () => {
    const group = groupCommit(connection, () => {})
    const watcher = new DatabaseSync(join(folder, 'sessions.db'))
    const seen = ['a', 'b'].map((note) =>
      group.write(insert(note)).then(() => watcher.prepare('SELECT count(*) AS n FROM notes').get()),
    )
    expect(await Promise.all(seen)).toEqual([{ n: 2 }, { n: 2 }])
    watcher.close()
  })

  it('undoes all that a failing change did and nothing of the others', async () => {
    const group = groupCommit(connection, () => {})
    const outcomes = await Promise.allSettled([
      group.write(insert('a')),
      group.write(() => insert('half')() + insert('a')()),
      group.write(insert('b')),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(notes()).toEqual(['a', 'b'])
  })

  it('runs the others again when one failure ends the whole transaction', async () => {
    const group = groupCommit(connection, () => {})
    const outcomes = await Promise.allSettled([
      group.write(insert('a')),
      group.write(() => {
        connection.script('ROLLBACK')
        throw new Error('the disk is full')
      }),
      group.write(insert('b')),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(notes()).toEqual(['a', 'b'])
  })

  it('tells those who wait for changes of what was committed only', async () => {
    let told = 0
    const group = groupCommit(connection, () => {
      told += 1
    })
    await group.write(insert('a'))
    expect(told).toBe(1)
    await group.write(insert('b'), 'let-sleep')
    expect(told).toBe(1)
    await Promise.all([group.write(insert('c'), 'let-sleep'), group.write(insert('d'))])
    expect(told).toBe(2)
  })

  it('waits without holding the event loop up while another process has the lock', async () => {
    const group = groupCommit(connection, () => {})
    const other = new DatabaseSync(join(folder, 'sessions.db'))
    other.exec('BEGIN IMMEDIATE')
    const writing = group.write(insert('a'))
    await new Promise((resolve) => setTimeout(resolve, 1))
    await new Promise(setImmediate)
    other.exec('COMMIT')
    await writing
    expect(notes()).toEqual(['a'])
    other.close()
  })

  it('rejects with `storage-busy` when it is closed while another process has the lock', async () => {
    const group = groupCommit(connection, () => {})
    const other = new DatabaseSync(join(folder, 'sessions.db'))
    other.exec('BEGIN IMMEDIATE')
    const writing = group.write(insert('a'))
    const refused = expect(writing).rejects.toMatchObject({ code: 'storage-busy', retryable: true })
    group.flush()
    await refused
    other.close()
  })
})

it('a full disk is `storage-unavailable`, nothing of what it stopped stays, and it works once there is room', async () => {
  const limited = sqliteConnection(':memory:', () => {})
  const storage = storageOn(limited, 'private')
  await storage.open()
  await storage.sessions.insert(sampleSession('ada'), plainly)
  limited.script('PRAGMA max_page_count = 1')
  const tooLarge = { ...sampleSession('ada'), userAgent: 'x'.repeat(100_000) }
  const outcomes = await Promise.allSettled([
    storage.sessions.insert(sampleSession('ada'), plainly),
    storage.sessions.insert(tooLarge, plainly),
    storage.sessions.insert(sampleSession('ada'), plainly),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(outcomes[1]).toMatchObject({ reason: { code: 'storage-unavailable', retryable: true } })
  expect((await storage.statistics.totals()).created).toBe(3)
  expect(await storage.statistics.recountActive()).toBe(3)
  limited.script('PRAGMA max_page_count = 100000')
  await storage.sessions.insert(tooLarge, plainly)
  expect(await storage.statistics.recountActive()).toBe(4)
  await storage.close()
})
