import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { type Ended, runCommand, startAdministered } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const anyPort = { LATCHKEY_PORT: '0' }

/** One sentence for a person: no stack, nothing else, status 1. */
function expectOneSentence({ status, stdout, stderr }: Ended, about: RegExp): void {
  expect(status, stderr).toBe(1)
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(about)
  expect(stderr + stdout).not.toMatch(/^\s+at |node:internal|Error:/m)
}

function fingerprint(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

/** A data folder as a first start leaves it. */
async function usedFolder(): Promise<string> {
  const folder = temporaryFolder()
  const program = await startAdministered(folder)
  await program.end('SIGTERM')
  return folder
}

it('a port that is taken ends the start with one sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const ended = await runCommand(temporaryFolder(), ['serve'], { LATCHKEY_PORT: String(port) })
  other.close()
  expectOneSentence(ended, new RegExp(String(port)))
})

it('a file that is no database is left as it is', async () => {
  const folder = temporaryFolder()
  mkdirSync(`${folder}/.latchkey`, { mode: 0o700 })
  const file = `${folder}/.latchkey/latchkey.db`
  writeFileSync(file, 'This is a letter and no database. '.repeat(500))
  const before = fingerprint(file)
  expectOneSentence(await runCommand(folder, ['serve'], anyPort), /latchkey\.db|database/i)
  expect(fingerprint(file)).toBe(before)
})

it('a database that is damaged in the middle is not written to', async () => {
  const folder = await usedFolder()
  const file = `${folder}/.latchkey/latchkey.db`
  const content = readFileSync(file)
  content.fill(0xff, 0, 100)
  writeFileSync(file, content)
  const before = fingerprint(file)
  expectOneSentence(await runCommand(folder, ['serve'], anyPort), /database/i)
  expect(fingerprint(file)).toBe(before)
})

it('a database of a newer version is left as it is', async () => {
  const folder = await usedFolder()
  const file = `${folder}/.latchkey/latchkey.db`
  pretendNewer(file)
  const before = fingerprint(file)
  expectOneSentence(await runCommand(folder, ['serve'], anyPort), /newer/i)
  expect(fingerprint(file)).toBe(before)
})

/** Whatever the schema is: every place that counts versions says that there have been a hundred more. */
function pretendNewer(file: string): void {
  const database = new DatabaseSync(file)
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE '%migration%'")
    .all()
  for (const { name } of tables) {
    const columns = database.prepare(`SELECT name FROM pragma_table_info('${name}') WHERE pk = 1`).all()
    database.exec(`UPDATE ${name} SET ${columns[0]?.['name']} = ${columns[0]?.['name']} + 100`)
  }
  const version = database.prepare('PRAGMA user_version').get()?.['user_version']
  if (tables.length === 0) database.exec(`PRAGMA user_version = ${Number(version) + 100}`)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

it.each([
  ['is empty', ''],
  ['holds something else', 'not a key at all\n'],
  ['is too short', `${Buffer.from('short').toString('base64')}\n`],
])('a key file that %s ends the start and stays as it is', async (_what, text) => {
  const folder = temporaryFolder()
  mkdirSync(`${folder}/.latchkey`, { mode: 0o700 })
  writeFileSync(`${folder}/.latchkey/secret`, text)
  expectOneSentence(await runCommand(folder, ['serve'], anyPort), /secret|key/i)
  expect(readFileSync(`${folder}/.latchkey/secret`, 'utf8')).toBe(text)
})

it('a key that cannot be read ends the start', async () => {
  const folder = temporaryFolder()
  // A folder in its place cannot be read as a file by anybody, the superuser included.
  mkdirSync(`${folder}/.latchkey/secret`, { recursive: true })
  expectOneSentence(await runCommand(folder, ['serve'], anyPort), /secret|key/i)
})

it.each([
  [
    'a public address that is neither https nor this machine',
    { LATCHKEY_PUBLIC_URL: 'http://example.com' },
    /https/,
  ],
  ['a public address that is none', { LATCHKEY_PUBLIC_URL: 'nowhere' }, /LATCHKEY_PUBLIC_URL/],
  [
    'a database address of an unknown kind',
    { LATCHKEY_DATABASE_URL: 'mysql://localhost/x' },
    /LATCHKEY_DATABASE_URL/,
  ],
  ['a service key that is too short', { LATCHKEY_API_KEY: 'short' }, /LATCHKEY_API_KEY/],
  ['a port that is none', { LATCHKEY_PORT: 'eighty' }, /LATCHKEY_PORT/],
  [
    'a proxy that is no range of addresses',
    { LATCHKEY_TRUSTED_PROXIES: 'everyone' },
    /LATCHKEY_TRUSTED_PROXIES/,
  ],
])('%s ends the start before anything is made', async (_what, settings, about) => {
  const folder = temporaryFolder()
  const ended = await runCommand(folder, ['serve'], { ...anyPort, ...settings })
  const lines = ended.stderr.split('\n').filter((line) => line.trim() !== '')
  expect([1, 2]).toContain(ended.status)
  expect(lines.join('\n')).toMatch(about)
  expect(lines).toHaveLength(1)
  expect(existsSync(`${folder}/.latchkey`)).toBe(false)
})

it('an unknown command and an unknown flag are a wrong use', async () => {
  const folder = temporaryFolder()
  expect((await runCommand(folder, ['fly'])).status).toBe(2)
  expect((await runCommand(folder, ['serve', '--fly'])).status).toBe(2)
})
