import { autocannonLoad } from '../load/autocannon-load.ts'
import { type Loaded, loadInTurns } from '../load/load-in-turns.ts'
import { connections } from '../load/load-round.ts'
import { wrkLoad, wrkVersion } from '../load/wrk-load.ts'
import { markdownTable, number, ratio } from '../markdown.ts'
import { atLeast } from '../shown.ts'
import type { Table } from '../table.ts'

const bare = 'bare `node:http` (the limit)'
const forwardAuth = 'Latchkey program, `forward-auth`, SQLite'
const forwardAuthPostgres = 'Latchkey program, `forward-auth`, PostgreSQL'
const fastifyRedis = '@fastify/session, Redis'
const expressRedis = 'express-session, Redis'
const betterAuthCookie = 'better-auth `get-session`, cookie cache'
const betterAuthRedis = 'better-auth `get-session`, Redis'

const entries = [
  { name: bare, file: 'bare.ts' },
  { name: forwardAuth, file: 'latchkey-forward-auth.ts' },
  { name: forwardAuthPostgres, file: 'latchkey-forward-auth-postgres.ts', needs: 'postgres' },
  { name: 'Latchkey guard in a bare server, SQLite', file: 'latchkey-guard.ts' },
  { name: 'Latchkey program, `sessions/current`, SQLite', file: 'latchkey-current.ts' },
  { name: 'lucia 3 in a bare server, SQLite in memory', file: 'lucia.ts' },
  { name: "lucia's successor pattern in a bare server, SQLite in memory", file: 'lucia-pattern.ts' },
  { name: 'JWT HS256 (jose) in a bare server', file: 'jwt.ts' },
  { name: '@fastify/session, memory', file: 'fastify-session-memory.ts' },
  { name: fastifyRedis, file: 'fastify-session-redis.ts', needs: 'redis' },
  { name: 'express-session, memory', file: 'express-session-memory.ts' },
  { name: expressRedis, file: 'express-session-redis.ts', needs: 'redis' },
  { name: 'express-session, PostgreSQL', file: 'express-session-postgres.ts', needs: 'postgres' },
  { name: betterAuthRedis, file: 'better-auth-redis.ts', needs: 'redis' },
  { name: betterAuthCookie, file: 'better-auth-cookie.ts' },
] as const

/** PostgreSQL is what is judged: there the lease is looked at, too. */
export const http: Table = {
  name: 'http',
  needs: ['postgres', 'redis'],
  async measure({ loadRounds }) {
    const wrk = wrkVersion()
    const generator = wrk === null ? autocannonLoad : wrkLoad(wrk)
    const loaded = await loadInTurns(entries, loadRounds, generator)
    const against = (other: string) => timesAsMany(loaded, forwardAuthPostgres, other)
    const ofBetterAuth = [betterAuthCookie, betterAuthRedis].map(against)
    return {
      title: 'Over HTTP',
      text: `${loadRounds.count} rounds of ${loadRounds.duration / 1_000} s, ${connections} connections, ${generator.description}.
Every server is one process and gets the same headers as from a browser, the bare one a session cookie as well.

${lines(loaded)}`,
      shown: [
        atLeast('`forward-auth` on PostgreSQL, warm, against bare `node:http`', 0.8, against(bare)),
        atLeast('… against @fastify/session on Redis', 4, against(fastifyRedis)),
        atLeast('… against express-session on Redis', 9, against(expressRedis)),
        atLeast(
          '… against better-auth with its best cache',
          9,
          Math.min(...ofBetterAuth.filter((value) => value !== undefined)),
        ),
      ],
    }
  },
}

function lines(loaded: readonly Loaded[]): string {
  const limit = loaded[0]?.requestsPerSecond.median ?? Number.NaN
  return markdownTable(
    ['requests/s', 'lowest – highest', 'of the limit', 'p99 ms'],
    loaded.map(({ name, requestsPerSecond: { median, lowest, highest }, p99Milliseconds }) => ({
      name,
      cells: [
        number(median),
        `${number(lowest)} – ${number(highest)}`,
        ratio(median / limit),
        p99Milliseconds.median.toFixed(1),
      ],
    })),
  )
}

function timesAsMany(loaded: readonly Loaded[], one: string, other: string): number | undefined {
  const of = (name: string) => loaded.find((each) => each.name === name)?.requestsPerSecond.median
  const [above, below] = [of(one), of(other)]
  return above === undefined || below === undefined ? undefined : above / below
}
