import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { postgresStorage } from 'latchkey/postgres'
import { sqliteStorage } from 'latchkey/sqlite'
import { poolOn } from '../databases/fresh-database.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const main = fileURLToPath(new URL('../../../packages/server/src/main.ts', import.meta.url))
const password = 'a long enough password'
const email = 'admin@example.com'

/** The real program on a database that `latchkey demo` has filled, and somebody who may look. */
export interface FilledProgram {
  /** Asks as the administrator; throws where the answer is not 200. */
  get(path: string): Promise<unknown>
  /** As the library tells it, without the program. */
  activeSessions(): Promise<number>
  close(): Promise<void>
}

/** Filled by `latchkey demo`; `database` null: a file of its own. */
export async function filledProgram(database: string | null, sessions: number): Promise<FilledProgram> {
  const folder = temporaryFolder()
  const place = database ?? `file:${folder.path}/demo.db`
  const filling = start(folder.path, place, [
    ...['demo', '--users', '20', '--sessions', String(sessions), '--password', password],
  ])
  filling.stdout?.resume()
  const [status] = await once(filling, 'exit')
  if (status !== 0) throw new Error(`The database could not be filled: ${status}`)
  const program = await servedProgram(folder.path, place)
  return {
    ...program,
    close: async () => {
      await program.close()
      folder.remove()
    },
  }
}

/** On a database that `latchkey demo` has filled from this folder. */
export async function servedProgram(folder: string, database: string): Promise<FilledProgram> {
  const serving = start(folder, database, ['serve'])
  const url = await untilReady(await printedAddress(serving))
  const cookie = await signedIn(url)
  const pool = database.startsWith('postgres') ? poolOn(database) : null
  const storage = pool ? postgresStorage(pool) : sqliteStorage(database.replace('file:', ''))
  await storage.open()
  return {
    activeSessions: async () => (await storage.statistics.totals()).active,
    get: async (path) => {
      const answer = await fetch(`${url}${path}`, { headers: { cookie } })
      const body: unknown = await answer.json()
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(body)}`)
      return body
    },
    close: async () => {
      serving.kill('SIGTERM')
      await once(serving, 'exit')
      await storage.close()
      await pool?.end()
    },
  }
}

function start(folder: string, database: string, words: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--conditions=latchkey-source', '--no-warnings', main, ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LATCHKEY_PORT: '0',
      LATCHKEY_LOG_LEVEL: 'warn',
      LATCHKEY_DATABASE_URL: database,
    },
  })
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (chunk) => {
      said += String(chunk)
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (address !== undefined) resolve(address)
    })
    child.on('exit', (status) => reject(new Error(`The program ended with ${status}: ${said}`)))
  })
}

async function untilReady(url: string): Promise<string> {
  while (!(await fetch(`${url}/readyz`).catch(() => null))?.ok) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return url
}

async function signedIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
  if (answer.status !== 200) throw new Error(`The administrator could not sign in: ${answer.status}`)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}
