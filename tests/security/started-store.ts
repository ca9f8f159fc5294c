import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { type EndedHere, runCommandHere } from '../command-line-here.ts'
import { databaseUrl, newPool, startPostgres } from '../running-postgres.ts'
import { administrator, type RunningProgram, startSharedProgram } from '../running-program.ts'
import { unownedTemporaryFolder } from '../temporary-folder.ts'
import { type Answer, type Asking, createAsker } from './ask.ts'

export type StoreKind = 'SQLite' | 'PostgreSQL'

/** A database with two programs on it, for a whole file of tests. The caller disposes of it. */
export interface StartedStore {
  readonly kind: StoreKind
  /** Where events are that have their place in the log. */
  readonly eventTable: string
  /** Sends a request to one of the programs; to the first one where it does not say. */
  ask(asking: Asking): Promise<Answer>
  /** Where each of the programs listens, for what no client would send. */
  urls(): readonly [string, string]
  /** Settings of the database of both programs, for one more on it. */
  readonly settings: Settings
  /** Settings of an empty database of the same kind, for a program of a case's own. */
  newDatabase(): Promise<Settings>
  /** The session token of the administrator. */
  administrator(): Promise<string>
  /** Ends both programs by that signal and starts them again. */
  restart(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  /** Runs a command on a database of `newDatabase`. */
  command(settings: Settings, words: readonly string[]): Promise<EndedHere>
  /** What somebody with the password of a database of `newDatabase` may do. */
  execute(settings: Settings, statement: string): Promise<void>
  /** Everything that the programs have written so far. */
  output(): string
  dispose(): Promise<void>
}

export type Settings = Readonly<Record<string, string>>

/** What stands behind the address is never asked: it is the origin of the pages, and decides the cookie. */
export const publicUrl = 'https://sessions.example.com'

const always: Settings = {
  LATCHKEY_ADMIN_EMAIL: administrator.email,
  LATCHKEY_ADMIN_PASSWORD: administrator.password,
  LATCHKEY_PUBLIC_URL: publicUrl,
  // So that each visitor can have an address of their own.
  LATCHKEY_TRUSTED_PROXIES: '127.0.0.1',
  LATCHKEY_LOG_LEVEL: 'debug',
}

interface Databases extends Pick<StartedStore, 'kind' | 'eventTable' | 'newDatabase' | 'execute'> {
  dispose(): Promise<void>
}

export async function startSqliteStore(): Promise<StartedStore> {
  const folders: string[] = []
  return startStore({
    kind: 'SQLite',
    eventTable: 'session_events',
    async newDatabase() {
      const folder = unownedTemporaryFolder()
      folders.push(folder)
      return { LATCHKEY_DATA_DIR: folder }
    },
    async execute({ LATCHKEY_DATA_DIR: folder }, statement) {
      const database = new DatabaseSync(`${folder}/latchkey.db`)
      database.exec(statement)
      database.close()
    },
    async dispose() {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  })
}

export async function startPostgresStore(): Promise<StartedStore> {
  const postgres = await startPostgres()
  const folders: string[] = []
  return startStore({
    kind: 'PostgreSQL',
    eventTable: 'session_event_log',
    async newDatabase() {
      const folder = unownedTemporaryFolder()
      folders.push(folder)
      const LATCHKEY_DATABASE_URL = databaseUrl(await postgres.newSchema())
      const LATCHKEY_SECRET = Buffer.alloc(32, folders.length).toString('base64')
      return { LATCHKEY_DATA_DIR: folder, LATCHKEY_DATABASE_URL, LATCHKEY_SECRET }
    },
    async execute({ LATCHKEY_DATABASE_URL: connectionString }, statement) {
      const pool = newPool({ connectionString })
      await pool.query(statement)
      await pool.end()
    },
    async dispose() {
      await postgres.dispose()
      for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  })
}

async function startStore(databases: Databases): Promise<StartedStore> {
  const settings = { ...always, ...(await databases.newDatabase()) }
  const folder = settings['LATCHKEY_DATA_DIR'] ?? ''
  const start = (): Promise<RunningProgram> => startSharedProgram(folder, settings)
  // One after the other: the first one makes the schema.
  let nodes: [RunningProgram, RunningProgram] = [await start(), await start()]
  let earlierOutput = ''
  let signedIn: string | null = null
  const ask = createAsker((node) => nodes[node].url)
  const output = (): string => earlierOutput + nodes.map((node) => node.stdout() + node.stderr()).join('')
  async function end(signal: NodeJS.Signals): Promise<void> {
    await Promise.all(nodes.map((node) => node.end(signal)))
    earlierOutput = output()
  }
  return {
    ...databases,
    settings,
    ask,
    output,
    command: (on, words) => runCommandHere(on['LATCHKEY_DATA_DIR'] ?? '', words, on),
    urls: () => [nodes[0].url, nodes[1].url],
    async administrator() {
      if (signedIn === null) {
        const answer = await ask({ method: 'POST', path: '/api/v1/auth/login', body: administrator })
        signedIn = answer.sessionToken
      }
      if (signedIn === null) throw new Error('The administrator could not sign in.')
      return signedIn
    },
    async restart(signal) {
      await end(signal)
      nodes = [await start(), await start()]
    },
    async dispose() {
      await end('SIGKILL')
      await databases.dispose()
    },
  }
}
