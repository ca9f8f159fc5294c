import { pgbenchProgram } from '../databases/pgbench.ts'
import { interleave } from '../interleave.ts'
import { operations, timesAsQuick } from '../markdown.ts'
import { atLeast } from '../shown.ts'
import type { Table } from '../table.ts'
import { signInEntries, signInRatios } from './sign-in-entries.ts'

const together = 'Latchkey, 64 callers'
const single = 'the same rows by single inserts, 64 callers'
const limit = [
  { name: 'pgbench: a session row alone, 64 clients', file: 'create-postgres-pgbench.ts', needs: 'postgres' },
] as const

export const createPostgres: Table = {
  name: 'create-postgres',
  needs: ['postgres'],
  async measure({ rounds }) {
    const hasPgbench = pgbenchProgram() !== null
    const measured = await interleave(
      [
        { name: single, file: 'create-postgres-single.ts', needs: 'postgres' },
        { name: `${single}, without the counter`, file: 'create-postgres-uncounted.ts', needs: 'postgres' },
        { name: together, file: 'create-postgres-latchkey.ts', needs: 'postgres' },
        ...signInEntries('postgres').map((entry) => ({ ...entry, needs: 'postgres' as const })),
        ...(hasPgbench ? limit : []),
      ],
      rounds,
    )
    return {
      title: 'createSession on PostgreSQL, durable',
      text: `${rounds.count} rounds of ${rounds.duration / 1_000} s; \`fsync\` and \`synchronous_commit\` on, a pool of ten connections. The single inserts write the
same rows (session, event, counter) in one statement and one commit for each session, through a pool like Latchkey's.
A new device is a row and an event more, in the same statement; on a known one the session before it ends, everywhere.
What is sealed is the address and the user agent.
${hasPgbench ? 'pgbench, which is in C, shows what single commits of the session row alone can be had.' : 'pgbench is not installed and was left out.'}

${operations(measured, 'sessions/s', 'of single inserts')}`,
      shown: [
        atLeast(
          'creates on PostgreSQL, durable, 64 callers, event included, against single inserts',
          3.5,
          timesAsQuick(measured, together, single),
        ),
        ...signInRatios(measured, 'PostgreSQL'),
      ],
    }
  },
}
