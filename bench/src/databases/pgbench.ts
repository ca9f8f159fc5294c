import { execFile, spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { TimedContestant } from '../contestant.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** On the path, or where Debian puts it; null where it is not installed. */
export function pgbenchProgram(): string | null {
  if (spawnSync('pgbench', ['--version']).status === 0) return 'pgbench'
  const places = [18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`)
  return places.find((place) => existsSync(place)) ?? null
}

/** PostgreSQL's own load generator running one statement over and over: what the database itself can do. */
export function pgbenchContestant(
  url: string,
  script: string,
  clients: number,
  verifyAll: (transactions: number) => Promise<void>,
): TimedContestant {
  const program = pgbenchProgram()
  if (program === null) throw new Error('pgbench is not installed')
  const folder = temporaryFolder()
  const file = `${folder.path}/script.sql`
  writeFileSync(file, script)
  let total = 0
  return {
    async measure(duration) {
      // The time includes that in which the clients connect, a second on a busy machine.
      const seconds = String(Math.max(3, Math.round(duration / 1_000)))
      const words = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '1', '-T', seconds, '-f', file, url]
      const { stdout, stderr } = await promisify(execFile)(program, words)
      const failed = /failed transactions: (\d+)/.exec(stdout)?.[1] ?? '0'
      const done = /transactions actually processed: (\d+)/.exec(stdout)?.[1]
      const perSecond = /tps = ([\d.]+) \(without/.exec(stdout)?.[1]
      if (failed !== '0' || done === undefined || perSecond === undefined)
        throw new Error(`pgbench: ${stderr}${stdout}`)
      total += Number(done)
      await verifyAll(total)
      return Number(perSecond)
    },
    close: async () => folder.remove(),
  }
}
