import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { type RunningProgram, startProgram } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { asService } from '../visitor.ts'
import { type Afterwards, faultsOfHistory, type HistoryEntry } from './kill-history.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

/** `npm run torture` has twenty; a usual run is content with three. */
const seeds = Array.from(
  { length: Number(process.env['LATCHKEY_TORTURE_SEEDS'] ?? 3) },
  (_, index) => index + 1,
)

const sessionsPerSeed = 1_000
const callers = 32
const users = 50

it.each(seeds)(
  'seed %i: killed under load, the program has lost no session and undone no ending',
  async (seed) => {
    const folder = temporaryFolder()
    const random = seededRandom(seed)
    const killAfter = 50 + random.below(sessionsPerSeed - 100)
    const first = await startProgram(folder, { LATCHKEY_LOG_LEVEL: 'warn' })
    const history = await loadUntilKilled(first, random, killAfter)
    const { signal } = await first.ended
    expect(signal).toBe('SIGKILL')

    const second = await startProgram(folder, { LATCHKEY_LOG_LEVEL: 'warn' })
    const { entries, tokens } = history
    expect(faultsOfHistory(entries, await statesOf(second, tokens))).toEqual([])
    expect(tokens.size).toBeGreaterThanOrEqual(killAfter)
    await second.end('SIGTERM')
    expectSoundDatabase(`${folder}/.latchkey/latchkey.db`)
  },
)

interface History {
  readonly entries: readonly HistoryEntry[]
  readonly tokens: ReadonlyMap<string, string>
}

/** Callers create sessions and end some of them, until the kill cuts them off or all are created. */
async function loadUntilKilled(
  program: RunningProgram,
  random: SeededRandom,
  killAfter: number,
): Promise<History> {
  const entries: HistoryEntry[] = []
  const tokens = new Map<string, string>()
  let asked = 0
  const caller = async (): Promise<void> => {
    while (asked < sessionsPerSeed) {
      asked += 1
      const userId = `user-${random.below(users)}`
      const created = await asService(program, 'POST', '/api/v1/sessions', { user_id: userId })
      expect(created.status, created.text).toBe(201)
      const id: string = created.body.session.id
      tokens.set(id, created.body.token)
      entries.push({ kind: 'created', id })
      if (tokens.size === killAfter) program.process.kill('SIGKILL')
      if (random.isBelow(0.4)) await endOne(program, userId, id, entries)
    }
  }
  // The kill shows as a failed call: each caller ends with it. Wrong answers are no such failure.
  const ends = await Promise.allSettled(Array.from({ length: callers }, caller))
  for (const end of ends)
    if (end.status === 'rejected' && !(end.reason instanceof TypeError)) throw end.reason
  program.process.kill('SIGKILL')
  return { entries, tokens }
}

async function endOne(
  program: RunningProgram,
  userId: string,
  id: string,
  entries: HistoryEntry[],
): Promise<void> {
  entries.push({ kind: 'end-sent', id })
  const ended = await asService(program, 'DELETE', `/api/v1/users/${userId}/sessions/${id}`)
  expect(ended.status, ended.text).toBe(200)
  entries.push({ kind: 'ended', id })
}

async function statesOf(
  program: RunningProgram,
  tokens: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Afterwards>> {
  const states = new Map<string, Afterwards>()
  await Promise.all(
    [...tokens].map(async ([id, token]) => {
      const { body } = await asService(program, 'POST', '/api/v1/sessions/verify', { token })
      if (body.active) states.set(id, 'live')
      else states.set(id, body.reason === 'revoked' ? 'ended' : 'unknown')
    }),
  )
  return states
}

function expectSoundDatabase(file: string): void {
  const database = new DatabaseSync(file, { readOnly: true })
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([])
  database.close()
}
