import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '../temporary-folder.ts'
import { type Expected, listening } from './measured-server.ts'

const main = fileURLToPath(new URL('../../../packages/server/src/main.ts', import.meta.url))
const account = { email: 'ada@example.com', password: 'a long enough password' }

/** Where the program keeps its sessions; null: in a file of its own. */
export type ProgramDatabase = string | null

/** The real program, signed in as its administrator; `path` is what is asked for. */
export async function measureProgram(
  path: string,
  database: ProgramDatabase,
  expected: (user: { readonly id: string }, sessionId: string) => Omit<Expected, 'anonymous'>,
): Promise<void> {
  const url = await startedProgram(database)
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(account),
  })
  const { user, session } = (await answer.json()) as { user: { id: string }; session: { id: string } }
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  listening({
    port: Number(new URL(url).port),
    path,
    headers: { cookie },
    expected: { ...expected(user, session.id), anonymous: 'refused' },
  })
}

function startedProgram(database: ProgramDatabase): Promise<string> {
  const folder = temporaryFolder()
  const child = spawn(process.execPath, ['--conditions=latchkey-source', '--no-warnings', main, 'serve'], {
    cwd: folder.path,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LATCHKEY_PORT: '0',
      LATCHKEY_LOG_LEVEL: 'warn',
      LATCHKEY_ADMIN_EMAIL: account.email,
      LATCHKEY_ADMIN_PASSWORD: account.password,
      ...(database !== null && { LATCHKEY_DATABASE_URL: database }),
    },
  })
  process.on('SIGTERM', () => process.exit(1))
  process.on('exit', () => {
    child.kill('SIGKILL')
    folder.remove()
  })
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += String(chunk)
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (address !== undefined) resolve(untilReady(address))
    })
    child.on('exit', (status) => reject(new Error(`The program ended with ${status}: ${said}`)))
  })
}

async function untilReady(url: string): Promise<string> {
  while (!(await fetch(`${url}/readyz`).catch(() => null))?.ok)
    await new Promise((resolve) => setTimeout(resolve, 20))
  return url
}
