import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-program.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

/** A loaded machine needs its time to start a process. */
const patience = 60_000

function start(folder: TemporaryFolder, words: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--conditions=latchkey-source', main, ...words], {
    cwd: folder.path,
    env: { PATH: process.env['PATH'], LATCHKEY_PORT: '0', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  return child
}

async function outcome(
  child: ChildProcess,
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const closed = once(child, 'close') as Promise<[number | null]>
  const [stdout, stderr] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
  ])
  const [status] = await closed
  return { status, stdout, stderr }
}

describe('the program as a process', () => {
  it(
    'prints one object with --json, logs JSON lines, and ends with status 0 on SIGTERM',
    async () => {
      await using folder = await temporaryFolder()
      const child = start(folder, ['serve', '--json'])
      const logged = text(child.stderr)
      const closed = once(child, 'close')
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
      const { url, setup_link } = JSON.parse(line) as { url: string; setup_link: string }
      expect(setup_link).toContain(`${url}/setup#token=`)
      expect((await fetch(`${url}/readyz?canary=1`)).status).toBe(200)
      child.kill('SIGTERM')
      child.kill('SIGTERM')
      expect(await closed).toEqual([0, null])
      const lines = (await logged)
        .trim()
        .split('\n')
        .map((entry) => JSON.parse(entry) as Record<string, unknown>)
      expect(lines.find(({ msg }) => msg === 'request')).toMatchObject({
        method: 'GET',
        route: '/readyz',
        status: 200,
        requestId: expect.stringMatching(/^req_/),
      })
      expect(lines.at(-1)).toMatchObject({ msg: 'stopped' })
      expect(JSON.stringify(lines)).not.toContain('canary')
    },
    patience,
  )

  it(
    'ends a start on a taken port with one sentence and status 1',
    async () => {
      await using folder = await temporaryFolder()
      const other = createServer().listen(0, '127.0.0.1')
      await once(other, 'listening')
      const { port } = other.address() as AddressInfo
      const ended = await outcome(start(folder, ['serve', '--port', String(port)]))
      other.close()
      expect(ended).toEqual({
        status: 1,
        stdout: '',
        stderr: `Port ${port} on 127.0.0.1 is taken by another program; choose another with --port or LATCHKEY_PORT.\n`,
      })
    },
    patience,
  )

  it(
    'ends a start with a damaged key or database with one sentence and status 1',
    async () => {
      await using folder = await temporaryFolder()
      const data = join(folder.path, '.latchkey')
      await mkdir(data)
      await writeFile(join(data, 'latchkey.db'), Buffer.alloc(8_192, 'not a database '))
      const corrupt = await outcome(start(folder, ['serve']))
      await writeFile(join(data, 'secret'), 'damaged')
      const damaged = await outcome(start(folder, ['serve']))
      for (const { status, stdout, stderr } of [corrupt, damaged]) {
        expect(status).toBe(1)
        expect(stdout).toBe('')
        expect(stderr.trim().split('\n')).toHaveLength(1)
      }
      expect(damaged.stderr).toContain('key file')
    },
    patience,
  )

  it(
    'logs an error that nobody caught, and ends with status 1',
    async () => {
      await using folder = await temporaryFolder()
      const fault = "process.on('SIGUSR2', () => { throw new Error('planted') })"
      const child = start(folder, ['serve'], {
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}`,
      })
      const ended = outcome(child)
      await once(child.stdout, 'data')
      child.kill('SIGUSR2')
      const { status, stderr } = await ended
      expect(status).toBe(1)
      expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({
        level: 60,
        err: { message: 'planted' },
      })
    },
    patience,
  )

  it(
    'reads a password from standard input',
    async () => {
      await using folder = await temporaryFolder()
      const child = start(folder, ['users', 'create', '--email', 'ann@example.com', '--password-stdin'])
      child.stdin.end('correct horse battery\n')
      expect(await outcome(child)).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('ann@example.com'),
      })
    },
    patience,
  )

  it(
    'ends wrong usage with status 2',
    async () => {
      await using folder = await temporaryFolder()
      const child = start(folder, ['serve'], { LATCHKEY_DATABASE_URL: 'postgres://ada:canary@/latchkey' })
      expect(await outcome(child)).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/^LATCHKEY_DATABASE_URL must name a server and a database, .*\n$/),
      })
    },
    patience,
  )
})
