import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createClient } from 'redis'
import { temporaryFolder } from '../temporary-folder.ts'
import { freePort } from './free-port.ts'
import type { RunningDatabase } from './running-database.ts'

/** Redis at its quickest: nothing is written to disk. Null where `redis-server` is not installed. */
export async function startedRedis(): Promise<RunningDatabase | null> {
  const asked = spawnSync('redis-server', ['--version'], { encoding: 'utf8' })
  if (asked.status !== 0) return null
  const folder = temporaryFolder()
  const port = await freePort()
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder.path, '--save', '']
  const child = spawn('redis-server', [...words, '--appendonly', 'no'], { stdio: 'ignore' })
  const kill = (): void => void child.kill('SIGKILL')
  process.on('exit', kill)
  const url = `redis://127.0.0.1:${port}`
  const client = createClient({ url, socket: { reconnectStrategy: 20 } }).on('error', () => {})
  await client.connect()
  await client.ping()
  client.destroy()
  return {
    url,
    version: `Redis ${/v=(\S+)/.exec(asked.stdout)?.[1] ?? ''}`,
    async stop() {
      kill()
      await once(child, 'exit')
      process.off('exit', kill)
      folder.remove()
    },
  }
}
