import { interleave, type Measured } from '../interleave.ts'
import { number, operations, ratio, timesAsQuick } from '../markdown.ts'
import { atLeast, reported, type Shown } from '../shown.ts'
import type { Table } from '../table.ts'

const [memory, sqlite, postgres] = ['Latchkey, memory', 'Latchkey, SQLite', 'Latchkey, PostgreSQL']
const [coldSqlite, coldPostgres] = [`${sqlite}, without a cache`, `${postgres}, without a cache`]
const betterAuthCookie = 'better-auth, cookie cache'
const betterAuthRedis = 'better-auth, sessions in Redis'
const lucia = 'lucia 3, SQLite in memory'

const entries = [
  { name: 'SHA-256 and a `Map` (the limit)', file: 'verify-limit.ts' },
  { name: memory, file: 'verify-latchkey-memory.ts' },
  { name: sqlite, file: 'verify-latchkey-sqlite.ts' },
  { name: postgres, file: 'verify-latchkey-postgres.ts', needs: 'postgres' },
  { name: lucia, file: 'verify-lucia.ts' },
  { name: `${lucia}, its statements kept`, file: 'verify-lucia-kept.ts' },
  { name: "lucia's successor pattern, SQLite in memory", file: 'verify-lucia-pattern.ts' },
  { name: 'JWT HS256, jose', file: 'verify-jose.ts' },
  { name: betterAuthRedis, file: 'verify-better-auth-redis.ts', needs: 'redis' },
  { name: betterAuthCookie, file: 'verify-better-auth.ts' },
  { name: coldSqlite, file: 'verify-cold-sqlite.ts' },
  { name: `${coldSqlite}, sealed`, file: 'verify-cold-sqlite-sealed.ts' },
  { name: coldPostgres, file: 'verify-cold-postgres.ts', needs: 'postgres' },
  { name: `${coldPostgres}, sealed`, file: 'verify-cold-postgres-sealed.ts', needs: 'postgres' },
] as const

/** On PostgreSQL the way is the longest: the lease is looked at, too. That is the one that is judged. */
export const verify: Table = {
  name: 'verify',
  needs: ['postgres', 'redis'],
  async measure({ rounds }) {
    const measured = await interleave(entries, rounds)
    const peers = [betterAuthCookie, betterAuthRedis].map((peer) => timesAsQuick(measured, postgres, peer))
    const ofBetterAuth = Math.min(...peers.filter((value) => value !== undefined))
    return {
      title: 'verifySession in process, warm',
      text: `${number(rounds.count)} rounds of ${rounds.duration / 1_000} s. A thousand sessions in turn (better-auth: a hundred), one after
another, everything checked: shape, secret, deadlines, whether the cache may answer, and the use noted. A JWT cannot
be ended before it runs out; it is here for its speed. The lines without a cache read each session with its address and
user agent, which are opened where they are sealed.

${operations(measured)}`,
      shown: [
        atLeast(
          '`verifySession` on PostgreSQL, warm, against better-auth with its best cache',
          60,
          ofBetterAuth,
        ),
        atLeast(
          '`verifySession` on PostgreSQL, warm, against lucia 3',
          6,
          timesAsQuick(measured, postgres, lucia),
        ),
        sealedAgainstOpen(measured, coldSqlite),
        sealedAgainstOpen(measured, coldPostgres),
      ],
    }
  },
}

function sealedAgainstOpen(measured: readonly Measured[], open: string): Shown {
  const value = timesAsQuick(measured, `${open}, sealed`, open)
  const figure = value === undefined ? 'not measured' : `${ratio(value)}×`
  return reported(`\`verifySession\` of ${open}: sealed against not sealed`, figure)
}
