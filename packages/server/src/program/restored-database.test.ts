import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type CutOff, instantOf, minutes, type Timers } from 'latchkey'
import { fakeClock } from 'latchkey/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { settingsIn, type TemporaryFolder, temporaryFolder } from '../testing/temporary-program.ts'
import { createLogger } from './logger.ts'
import { type KeptPosition, keepDatabasePosition } from './restored-database.ts'

const clock = fakeClock()
let folder: TemporaryFolder
let lines: string[]

beforeEach(async () => {
  folder = await temporaryFolder()
  lines = []
})
afterEach(() => folder[Symbol.asyncDispose]())

/** A database as far as its newest event and its cut-offs go. */
function database(position: number, identity = 'aa') {
  const cutOffs: CutOff[] = []
  return { position, identity, cutOffs, isAway: false, eventsAt: instantOf(0) }
}

type Database = ReturnType<typeof database>

async function start(
  one: Database,
  environment: Readonly<Record<string, string>> = {},
): Promise<KeptPosition> {
  const settings = await settingsIn(folder, environment)
  const program = {
    settings,
    databaseIdentity: one.identity,
    storage: {
      events: {
        latest: async () => {
          if (one.isAway) throw new Error('away')
          return one.position
        },
        read: async (after: number) =>
          after < one.position ? [{ position: after + 1, at: one.eventsAt }] : [],
      },
    },
    sessions: {
      auditHead: async () => ({ kind: 'present', head: null }),
      listCutOffs: async () => one.cutOffs,
      setCutOff: async (scope: CutOff['scope'], { note }: { note: string }) => {
        one.position += 1
        one.cutOffs.push({ scope, note, setAt: clock.now(), notBefore: clock.now(), by: 'system' })
        return 0
      },
    },
  }
  const logger = createLogger('info', { write: (line) => void lines.push(line) })
  const options = { clock, timers, logger }
  return keepDatabasePosition(program as unknown as Parameters<typeof keepDatabasePosition>[0], options)
}

let due: (() => void) | null = null
const timers: Timers = {
  after(_delay, run) {
    due = run
    return () => {
      due = null
    }
  },
}

/** The next look of a node in service. */
async function lookAgain(): Promise<void> {
  due?.()
  await nextTurn()
}

async function startAndStop(
  one: Database,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const kept = await start(one, environment)
  clock.advance(minutes(1))
  await kept.close()
  clock.advance(minutes(1))
}

it('everybody is cut off once where the database has fewer events than were read from it', async () => {
  const live = database(100)
  await startAndStop(live)
  const restored = database(60)
  await startAndStop(restored)
  expect(restored.cutOffs).toMatchObject([
    { scope: { kind: 'everybody' }, note: expect.stringContaining('restored') },
  ])
  expect(lines.join('')).toContain('OLDER THAN IT WAS')
  await startAndStop(restored)
  expect(restored.cutOffs).toHaveLength(1)
})

it('a second backup that is restored is noticed as well', async () => {
  const live = database(100)
  await startAndStop(live)
  const restored = database(60)
  await startAndStop(restored)
  restored.position = 62
  await startAndStop(restored)
  restored.position = 61
  await startAndStop(restored)
  expect(restored.cutOffs).toHaveLength(2)
})

it('a backup on which others have gone on is noticed by the event that it has in the place of another', async () => {
  const live = database(100)
  await startAndStop(live)
  const goneOn = { ...database(150), eventsAt: instantOf(1) }
  await startAndStop(goneOn)
  expect(goneOn.cutOffs).toHaveLength(1)
  await startAndStop(goneOn)
  expect(goneOn.cutOffs).toHaveLength(1)
})

it('an older event is no alarm, and neither is the same one', async () => {
  const live = database(100)
  for (const position of [100, 100, 101]) {
    live.position = position
    await startAndStop(live)
  }
  expect(live.cutOffs).toEqual([])
})

it('another database in the same folder is no older one, a new empty one included', async () => {
  const live = database(100)
  await startAndStop(live)
  const other = database(0, 'bb')
  await startAndStop(other)
  await startAndStop(live)
  expect([...other.cutOffs, ...live.cutOffs]).toEqual([])
  live.position = 50
  await startAndStop(live)
  expect(live.cutOffs).toHaveLength(1)
})

it('a database in memory is never an older one, and leaves no file', async () => {
  await startAndStop(database(100), { LATCHKEY_DATABASE_URL: 'file::memory:' })
  expect(await readdir(folder.path)).toEqual([])
})

it('of several nodes the first one cuts off, and the sessions made since then stay', async () => {
  const live = database(100)
  const nodes = [{ LATCHKEY_DATA_DIR: './one' }, { LATCHKEY_DATA_DIR: './two' }]
  const url = { LATCHKEY_DATABASE_URL: 'file:./shared.db' }
  for (const node of nodes) await startAndStop(live, { ...node, ...url })
  live.position = 40
  for (const node of nodes) await startAndStop(live, { ...node, ...url })
  expect(live.cutOffs).toHaveLength(1)
})

it.each([
  ['empty', ''],
  ['cut off half-way', '{"position":1'],
  ['of another kind', '{"position":"1000","at":"2026-01-01T00:00:00.000Z"}'],
])('a file that is %s is concluded nothing from, and written anew', async (_name, content) => {
  await mkdir(join(folder.path, '.latchkey'))
  await writeFile(join(folder.path, '.latchkey/position-aa.json'), content)
  const live = database(5)
  await startAndStop(live)
  expect(live.cutOffs).toEqual([])
  live.position = 4
  await startAndStop(live)
  expect(live.cutOffs).toHaveLength(1)
})

it('the file is for its owner only, and no draft is left beside it', async () => {
  await startAndStop(database(5))
  const files = await readdir(join(folder.path, '.latchkey'))
  expect(files).toEqual(['position-aa.json'])
  expect((await stat(join(folder.path, '.latchkey/position-aa.json'))).mode & 0o077).toBe(0)
})

it('a node in service keeps up, and notices a database that goes back under it', async () => {
  const live = database(5)
  const kept = await start(live)
  live.position = 90
  await lookAgain()
  live.isAway = true
  await lookAgain()
  live.isAway = false
  live.position = 80
  await lookAgain()
  await kept.close()
  expect(live.cutOffs).toHaveLength(1)
})

it('nobody is answered where the cut-off cannot be set', async () => {
  const live = database(5)
  await startAndStop(live)
  live.isAway = true
  await expect(start(live)).rejects.toThrow('away')
})

it('a folder that cannot be written to is said once, and stops nothing', async () => {
  await writeFile(join(folder.path, 'file'), '')
  await startAndStop(database(5), {
    LATCHKEY_DATA_DIR: './file/folder',
    LATCHKEY_DATABASE_URL: 'file:./shared.db',
  })
  expect(lines.filter((line) => line.includes('would not be noticed'))).toHaveLength(1)
})
