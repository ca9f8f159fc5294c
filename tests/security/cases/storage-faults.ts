import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'vitest'
import { type FaultProxy, faultProxy } from '../../faults/fault-proxy.ts'
import { serviceKey } from '../../running-program.ts'
import { acknowledgementProxy } from '../acknowledgement-proxy.ts'
import { newUser } from '../new-names.ts'
import type { SecurityCase } from '../security-case.ts'
import { currentSession, ownSessions } from '../sessions-of-store.ts'
import type { Settings, StartedStore } from '../started-store.ts'
import { type TimedProgram, timedProgram } from '../timed-program.ts'

/** A database that is slow, away, or does not say what became of a change. */
export const storageFaultCases: readonly SecurityCase[] = [
  {
    name: 'case 55: while the database is away, or locked by somebody, what needs it is a 503 with a time to come again, and nobody is let in or signed out; afterwards all is as it was [ASVS 16.5.2] [ASVS 16.5.3]',
    async run(store) {
      // A locked file is waited for, for seconds.
      for (const LATCHKEY_CACHE of store.kind === 'SQLite' ? ['memory'] : ['none', 'memory']) {
        await using faulty = await faultyProgram(store, { LATCHKEY_CACHE })
        const { timed } = faulty
        const { session, token } = await timed.program().sessions.createSession({ userId: newUser() })
        expect(await timed.statusOf(token)).toBe(200)
        await faulty.away(async () => {
          const end = { method: 'DELETE', path: `${ownSessions}/${session.id}`, session: token }
          const writes = [create(timed, session.userId, randomUUID()), timed.send(end)]
          for (const answer of await Promise.all(writes)) await expectUnavailable(answer)
          for (const path of [currentSession, '/api/v1/forward-auth', ownSessions]) {
            const known = await timed.send({ path, session: token })
            // What can be read of a locked file is true; from a database that is away nothing can be read.
            if (store.kind === 'SQLite') expect(known.status, path).toBe(200)
            else await expectUnavailable(known)
            const unknown = await timed.send({ path, session: `ses_${'c'.repeat(24)}.${token.slice(29)}` })
            if (store.kind === 'SQLite') expect(unknown.status, path).toBe(401)
            else await expectUnavailable(unknown)
          }
        })
        // Refused is what nothing came of: it is live, and there is one session.
        await expect.poll(() => timed.statusOf(token), { timeout: 10_000 }).toBe(200)
        expect(await timed.program().sessions.getSessionCountByUser(session.userId)).toBe(1)
      }
    },
  },
  {
    name: 'case 55: of a database that is slow the answers are right, and from one that hangs there are none: 503 within seconds, and never a 401 [ASVS 16.5.2] [ASVS 16.5.3]',
    async run(store) {
      if (store.kind === 'SQLite') return expectRightWhileWriting(store)
      await using faulty = await faultyProgram(store, { LATCHKEY_CACHE: 'none' })
      const { timed, proxy } = faulty
      const { token, session } = await timed.program().sessions.createSession({ userId: newUser() })
      proxy?.suffer({ kind: 'slow', mostDelay: 40, on: 'all' })
      const slow = await Promise.all(Array.from({ length: 20 }, () => timed.statusOf(token)))
      expect(new Set(slow)).toEqual(new Set([200]))
      proxy?.suffer({ kind: 'hang', direction: 'answers', on: 'all' })
      const asked = [
        timed.send({ path: currentSession, session: token }),
        timed.send({ path: '/api/v1/forward-auth', bearer: token }),
        create(timed, session.userId, randomUUID()),
      ]
      for (const answer of await Promise.all(asked)) await expectUnavailable(answer)
      proxy?.suffer()
      await expect.poll(() => timed.statusOf(token), { timeout: 10_000 }).toBe(200)
    },
  },
  {
    name: 'case 55: where connections are reset amid requests, each answer is the true one or a 503, and what was ended stays so [ASVS 16.5.3] [ASVS 7.4.1]',
    async run(store) {
      await using faulty = await faultyProgram(store, { LATCHKEY_CACHE: 'none' })
      const { timed, proxy } = faulty
      const { sessions } = timed.program()
      const [live, over] = await Promise.all([0, 1].map(() => sessions.createSession({ userId: newUser() })))
      await sessions.invalidateSession(over?.session.id ?? '')
      for (let round = 0; round < 10; round += 1) {
        const asked = [live, over].map((one) => timed.statusOf(one?.token ?? ''))
        proxy?.suffer({ kind: round % 2 === 0 ? 'reset' : 'cut-answer', on: 'all' })
        const [ofLive, ofOver] = await Promise.all(asked)
        proxy?.suffer()
        expect([200, 503]).toContain(ofLive)
        expect([401, 503]).toContain(ofOver)
      }
      await expect.poll(() => timed.statusOf(live?.token ?? ''), { timeout: 10_000 }).toBe(200)
      expect(await timed.statusOf(over?.token ?? '')).toBe(401)
    },
  },
  {
    name: 'case 55: a sign-in whose acknowledgement was lost, in the database’s answer or in ours, is found again by its key: one session, one token',
    async run(store) {
      const database = await store.newDatabase()
      const proxy = store.kind === 'SQLite' ? null : await acknowledgementProxy(portOf(database))
      await using timed = await timedProgram(store, through(database, proxy))
      for (let round = 0; round < 3; round += 1) {
        const [user, key] = [newUser(), randomUUID()]
        proxy?.lose()
        expect(await countOnceReachable(timed, user)).toBe(0)
        const first = await create(timed, user, key)
        if (proxy !== null) {
          await expectUnavailable(first)
          expect(proxy.stopLosing()).toBeGreaterThan(round)
        }
        // It had been made; whoever asked has not heard of it, and asks again.
        expect(await countOnceReachable(timed, user)).toBe(1)
        const answers = await Promise.all([create(timed, user, key), create(timed, user, key)])
        const bodies = await Promise.all(answers.map(async (one) => (await one.json()) as { token: string }))
        expect(answers.map(({ status }) => status)).toEqual([201, 201])
        expect(new Set(bodies.map(({ token }) => token)).size).toBe(1)
        expect(await timed.program().sessions.getSessionCountByUser(user)).toBe(1)
        expect(await timed.statusOf(bodies[0]?.token ?? '')).toBe(200)
      }
      await timed[Symbol.asyncDispose]()
      await proxy?.close()
    },
  },
]

interface FaultyProgram extends AsyncDisposable {
  readonly timed: TimedProgram
  /** Between the program and PostgreSQL; null with a file. */
  readonly proxy: FaultProxy | null
  /** Does the work while nothing can be written; with PostgreSQL, nothing read either. */
  away(work: () => Promise<void>): Promise<void>
}

async function faultyProgram(store: StartedStore, settings: Settings): Promise<FaultyProgram> {
  const database = await store.newDatabase()
  return store.kind === 'SQLite'
    ? onFile(await timedProgram(store, { ...database, ...settings }), database)
    : onServer(store, { ...database, ...settings })
}

function onFile(timed: TimedProgram, { LATCHKEY_DATA_DIR: folder }: Settings): FaultyProgram {
  return {
    timed,
    proxy: null,
    async away(work) {
      const other = new DatabaseSync(`${folder}/latchkey.db`)
      other.exec('BEGIN IMMEDIATE')
      try {
        await work()
      } finally {
        other.exec('ROLLBACK')
        other.close()
      }
    },
    [Symbol.asyncDispose]: () => timed[Symbol.asyncDispose](),
  }
}

async function onServer(store: StartedStore, settings: Settings): Promise<FaultyProgram> {
  const proxy = await faultProxy(portOf(settings), () => 0.5)
  const timed = await timedProgram(store, through(settings, proxy))
  return {
    timed,
    proxy,
    async away(work) {
      proxy.suffer({ kind: 'reset', on: 'all' })
      try {
        await work()
      } finally {
        proxy.suffer()
      }
    },
    async [Symbol.asyncDispose]() {
      proxy.suffer()
      await timed[Symbol.asyncDispose]()
      await proxy.close()
    },
  }
}

/** What came of a sign-in that was answered 503. */
async function countOnceReachable({ program }: TimedProgram, user: string): Promise<number> {
  let count = -1
  const ask = async (): Promise<number> => {
    count = await program().sessions.getSessionCountByUser(user)
    return count
  }
  await expect.poll(() => ask().catch(() => -1), { timeout: 10_000 }).toBeGreaterThanOrEqual(0)
  return count
}

function portOf({ LATCHKEY_DATABASE_URL = '' }: Settings): number {
  return Number(new URL(LATCHKEY_DATABASE_URL).port)
}

/** The same database, by way of what listens on that port; null: as it is. */
function through(settings: Settings, proxy: { readonly port: number } | null): Settings {
  if (proxy === null) return settings
  const url = new URL(settings['LATCHKEY_DATABASE_URL'] ?? '')
  url.port = String(proxy.port)
  return { ...settings, LATCHKEY_DATABASE_URL: url.href }
}

/** A file has no network before it: others who write are what makes it slow. */
async function expectRightWhileWriting(store: StartedStore): Promise<void> {
  await using timed = await timedProgram(store, { LATCHKEY_CACHE: 'none' })
  const { token } = await timed.program().sessions.createSession({ userId: newUser() })
  const writes = Array.from({ length: 200 }, () => create(timed, newUser(), randomUUID()))
  const reads = Array.from({ length: 50 }, () => timed.statusOf(token))
  expect(new Set(await Promise.all(reads))).toEqual(new Set([200]))
  expect(new Set((await Promise.all(writes)).map(({ status }) => status))).toEqual(new Set([201]))
}

function create(timed: TimedProgram, user: string, key: string): Promise<Response> {
  return timed.send({
    method: 'POST',
    path: '/api/v1/sessions',
    bearer: serviceKey,
    body: { user_id: user },
    headers: { 'idempotency-key': key },
  })
}

async function expectUnavailable(answer: Response): Promise<void> {
  const body = (await answer.json()) as { code: string }
  expect([answer.status, body.code]).toEqual([503, 'storage-unavailable'])
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.getSetCookie()).toEqual([])
}
