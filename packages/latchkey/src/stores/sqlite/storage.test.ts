import { mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  changedAt,
  cutOffAt,
  deviceChangedAt,
  digestOf,
  hoursAfterNoon,
  noon,
  onDevice,
  plainly,
  sampleDataKey,
  sampleDevice,
  sampleSession,
  sessionOn,
} from '../../testing/session-store-contract/sample-session.ts'
import { sqliteConnection } from './connection.ts'
import { sqliteStorage, storageOn } from './storage.ts'

let folder = ''
let file = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-open-'))
  file = join(folder, 'sessions.db')
})

afterEach(() => rm(folder, { recursive: true }))

/** What opening says, and that the bytes of the file are what they were. */
async function refusalOf(path: string): Promise<unknown> {
  const before = await readFile(path)
  const refused = await sqliteStorage(path)
    .open()
    .catch((thrown: unknown) => thrown)
  expect((await readFile(path)).equals(before)).toBe(true)
  return refused
}

async function fillAndClose(): Promise<void> {
  const storage = sqliteStorage(file)
  await storage.open()
  await Promise.all(Array.from({ length: 50 }, () => storage.sessions.insert(sampleSession('ada'), plainly)))
  await storage.close()
}

describe('opening a file', { timeout: 30_000 }, () => {
  it('makes it readable and writable by its owner only', async () => {
    await fillAndClose()
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('writes ahead, flushes each commit and checks foreign keys', async () => {
    const connection = sqliteConnection(file, () => {})
    const storage = storageOn(connection, 'shared')
    await storage.open()
    expect(connection.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' })
    expect(connection.get('PRAGMA synchronous')).toEqual({ synchronous: 2 })
    expect(connection.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 })
    await storage.close()
  })

  it('refuses what is no database, and leaves it as it is', async () => {
    await writeFile(file, 'These are my holiday notes. '.repeat(400))
    expect(await refusalOf(file)).toMatchObject({ code: 'storage-corrupt', retryable: false })
  })

  it('can be tried again once the file is put right', async () => {
    await writeFile(file, 'These are my holiday notes. '.repeat(400))
    const storage = sqliteStorage(file)
    await expect(storage.open()).rejects.toMatchObject({ code: 'storage-corrupt' })
    await rm(file)
    await storage.open()
    await storage.ping()
    await storage.close()
  })

  it('refuses a damaged database, and leaves it as it is', async () => {
    await fillAndClose()
    const bytes = await readFile(file)
    bytes.fill(0xa5, 100, 4096)
    await writeFile(file, bytes)
    expect(await refusalOf(file)).toMatchObject({ code: 'storage-corrupt' })
  })

  it('refuses a file that was cut off, and leaves it as it is', async () => {
    await fillAndClose()
    await truncate(file, 3000)
    expect(await refusalOf(file)).toMatchObject({ code: 'storage-corrupt' })
  })

  it('refuses the schema of a newer version, and leaves it as it is', async () => {
    await fillAndClose()
    const database = new DatabaseSync(file)
    database.exec('INSERT INTO user_sessions_migrations (number) VALUES (999); PRAGMA journal_mode = DELETE')
    database.close()
    expect(await refusalOf(file)).toMatchObject({ code: 'storage-too-new', retryable: false })
  })

  it('refuses a table of our name that somebody else made, and leaves it as it is', async () => {
    const database = new DatabaseSync(file)
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE user_sessions (theirs TEXT)')
    database.close()
    expect(await refusalOf(file)).toMatchObject({ code: 'storage-failed' })
  })

  it('says that a folder which is not there is the fault of the path, and opens once it is there', async () => {
    const storage = sqliteStorage(join(folder, 'missing', 'sessions.db'))
    await expect(storage.open()).rejects.toMatchObject({ code: 'storage-unavailable', retryable: true })
    await mkdir(join(folder, 'missing'))
    await storage.open()
    await storage.ping()
    await storage.close()
  })

  it('shares a file with tables of others and leaves them alone', async () => {
    const database = new DatabaseSync(file)
    database.exec("CREATE TABLE theirs (note TEXT); INSERT INTO theirs VALUES ('kept')")
    await fillAndClose()
    expect(database.prepare('SELECT note FROM theirs').all()).toEqual([{ note: 'kept' }])
    database.close()
  })
})

describe('an open storage', { timeout: 30_000 }, () => {
  it('is not usable before it was opened', async () => {
    const storage = sqliteStorage(file)
    await expect(storage.ping()).rejects.toMatchObject({ code: 'closed' })
    await expect(storage.sessions.insert(sampleSession('ada'), plainly)).rejects.toMatchObject({
      code: 'closed',
    })
  })

  it('fails its ping once the schema is another one', async () => {
    const storage = sqliteStorage(file)
    await storage.open()
    await storage.ping()
    const database = new DatabaseSync(file)
    database.exec('INSERT INTO user_sessions_migrations (number) VALUES (999)')
    await expect(storage.ping()).rejects.toMatchObject({ code: 'storage-too-new' })
    database.exec('DELETE FROM user_sessions_migrations')
    await expect(storage.ping()).rejects.toMatchObject({ code: 'storage-failed' })
    database.close()
    await storage.close()
  })

  it('leaves no trace of a forgotten user in the file', async () => {
    const storage = sqliteStorage(file)
    await storage.open()
    const name = 'somebody-to-be-forgotten'
    for (const user of [name, 'ada', name]) await storage.sessions.insert(sampleSession(user), plainly)
    const device = sampleDevice(name, { name: `the laptop of ${name}`, fingerprints: `sealed.${name}` })
    await storage.sessions.insert(sessionOn(device), onDevice(device))
    const change = { ...deviceChangedAt(noon), after: { name: `another laptop of ${name}` } }
    await storage.devices.replace({ ...device, version: 2 }, change)
    const note = `${name} is on leave`
    const cutOff = cutOffAt({ kind: 'user', userId: name }, noon, { note })
    await storage.cutOffs.set(cutOff, changedAt(noon, { by: `user:${name}` }))
    await storage.sessions.insert(sampleSession('bob'), { ...plainly, actor: `admin:${name}` })
    await storage.close()
    expect((await readFile(file)).includes(name)).toBe(true)
    const again = sqliteStorage(file)
    await again.open()
    await again.sessions.forgetUser(name, changedAt(noon), digestOf)
    await again.close()
    expect((await readFile(file)).includes(name)).toBe(false)
  })

  it('leaves no trace of an address that has faded, of forgotten fingerprints and of a key that was taken out', async () => {
    const storage = sqliteStorage(file)
    await storage.open()
    const [ipAddress, fingerprints] = ['192.0.2.222', 'sealed.fingerprints-to-be-forgotten']
    const [wrapped, name] = ['a key to be taken out', 'My old laptop']
    const traces = [ipAddress, fingerprints, wrapped, name]
    const device = sampleDevice('ada', { fingerprints, fingerprintedAt: noon })
    await storage.sessions.insert(sessionOn(device, { ipAddress }), onDevice(device))
    await storage.devices.replace({ ...device, version: 2, name }, deviceChangedAt(noon))
    const key = sampleDataKey({ wrapped: Buffer.from(wrapped) })
    await storage.dataKeys.add(key)
    await storage.close()
    for (const trace of traces) expect((await readFile(file)).includes(trace)).toBe(true)
    const again = sqliteStorage(file)
    await again.open()
    await again.sessions.fade('ipAddress', noon, hoursAfterNoon(1), 10)
    await again.devices.forgetFingerprints(hoursAfterNoon(1), 10)
    await again.dataKeys.remove(key.id)
    await again.devices.forget(device.id, changedAt(noon))
    await again.close()
    for (const trace of traces) expect((await readFile(file)).includes(trace)).toBe(false)
  })

  it('names neither SQL nor values in an error, nor in its JSON', async () => {
    const storage = sqliteStorage(':memory:')
    await storage.open()
    const record = sampleSession('ada')
    await storage.sessions.insert(record, plainly)
    const refused: unknown = await storage.sessions.insert(record, plainly).catch((thrown: unknown) => thrown)
    const text = `${refused instanceof Error ? refused.message : ''}${JSON.stringify(refused)}`
    expect(text).toContain('storage-failed')
    expect(text).not.toMatch(/insert into|unique|user_sessions|ada|ses_|192\.0\.2/i)
    await storage.close()
  })
})
