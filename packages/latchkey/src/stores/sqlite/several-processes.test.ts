import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SessionId } from '../../model/session-token.ts'
import { noon, plainly, queryAt, sampleSession } from '../../testing/session-store-contract/sample-session.ts'
import { sqliteStorage } from './storage.ts'

let folder = ''
let file = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-processes-'))
  file = join(folder, 'sessions.db')
})

afterEach(() => rm(folder, { recursive: true }))

/** A process of its own that opens the same file and does what the script says. */
function startProcess(script: string): ChildProcess {
  const code = `
    const { sqliteStorage } = await import(${JSON.stringify(new URL('./storage.ts', import.meta.url).href)})
    const { onDevice, sampleDevice, sampleSession, sessionOn, plainly, noon } = await import(${JSON.stringify(
      new URL('../../testing/session-store-contract/sample-session.ts', import.meta.url).href,
    )})
    const storage = sqliteStorage(${JSON.stringify(file)})
    await storage.open()
    ${script}`
  const options = ['--conditions=latchkey-source', '--input-type=module', '--eval', code]
  return spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function exitCode(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, 'exit')
  return code
}

describe('several processes on one file', () => {
  it('start at once on a new file, and no session of any of them is lost', async () => {
    const insertMany = `
      await Promise.all(Array.from({ length: 20 }, () => storage.sessions.insert(sampleSession('ada'), plainly)))
      for (let n = 0; n < 5; n += 1) await storage.sessions.insert(sampleSession('bob'), plainly)
      await storage.close()`
    const children = [1, 2, 3].map(() => startProcess(insertMany))
    expect(await Promise.all(children.map(exitCode))).toEqual([0, 0, 0])
    const storage = sqliteStorage(file)
    await storage.open()
    expect(await storage.sessions.count(queryAt(noon))).toBe(75)
    expect((await storage.statistics.totals()).created).toBe(75)
    expect(await storage.events.read(0, 100)).toHaveLength(75)
    await storage.close()
  }, 60_000)

  it('wake one another, and what one ended has ended for the other', async () => {
    const storage = sqliteStorage(file)
    await storage.open()
    const record = sampleSession('ada')
    await storage.sessions.insert(record, plainly)
    const count = storage.sharing.kind === 'counted' ? storage.sharing.changeCounter : () => 0
    const atFirst = count()
    const woken = new Promise<void>((resolve) => storage.liveFeed.subscribe(resolve))
    const child = startProcess(`
      const ending = { at: noon, reason: 'revoked', by: 'command-line', request: null }
      await storage.sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, ending)
      await storage.close()`)
    const exited = exitCode(child)
    await woken
    expect(await exited).toBe(0)
    expect(count()).not.toBe(atFirst)
    expect((await storage.sessions.find(record.id))?.endReason).toBe('revoked')
    await storage.close()
  }, 60_000)

  it('a process that is killed while it writes loses nothing that it acknowledged', async () => {
    const child = startProcess(`
      for (;;) {
        const records = Array.from({ length: 8 }, () => sampleSession('ada'))
        await Promise.all(records.map((record) => storage.sessions.insert(record, plainly)))
        process.stdout.write(records.map((record) => record.id).join('\\n') + '\\n')
      }`)
    const acknowledged: SessionId[] = []
    for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
      acknowledged.push(line as SessionId)
      if (acknowledged.length === 200) child.kill('SIGKILL')
    }
    const storage = sqliteStorage(file)
    await storage.open()
    // The last line may have been cut off by the pipe's end.
    for (const id of acknowledged.filter((text) => text.length === 28)) {
      expect((await storage.sessions.find(id))?.id).toBe(id)
    }
    const { created, active } = await storage.statistics.totals()
    expect([active, await storage.statistics.recountActive()]).toEqual([created, created])
    await storage.close()
  }, 60_000)

  it('a process that is killed amid sign-ins leaves one session on each device, and events that agree', async () => {
    const child = startProcess(`
      const devices = Array.from({ length: 4 }, () => sampleDevice('ada'))
      for (;;) {
        const records = devices.map((device) => sessionOn(device))
        await Promise.all(records.map((record, at) => storage.sessions.insert(record, onDevice(devices[at]))))
        process.stdout.write(records.map((record) => record.id).join('\\n') + '\\n')
      }`)
    const acknowledged: SessionId[] = []
    for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
      acknowledged.push(line as SessionId)
      if (acknowledged.length === 200) child.kill('SIGKILL')
    }
    const storage = sqliteStorage(file)
    await storage.open()
    const devices = await storage.devices.list('ada', 10)
    expect(devices).toHaveLength(4)
    const { items } = await storage.sessions.list(queryAt(noon, { userId: 'ada', state: 'live' }), {
      cursor: null,
      limit: 10,
    })
    expect(items.map(({ deviceId }) => deviceId).sort()).toEqual(devices.map(({ id }) => id).sort())
    const told = await storage.events.read(0, 100_000)
    const count = (type: string): number => told.filter((event) => event.type === type).length
    const { created, active, ended } = await storage.statistics.totals()
    expect([count('device.added'), count('session.created'), count('session.ended')]).toEqual([
      4,
      created,
      ended.replaced,
    ])
    expect([active, created - ended.replaced]).toEqual([4, 4])
    await storage.close()
  }, 60_000)
})
