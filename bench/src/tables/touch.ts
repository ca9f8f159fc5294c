import { interleave } from '../interleave.ts'
import { operations, timesAsQuick } from '../markdown.ts'
import { atLeast } from '../shown.ts'
import type { Table } from '../table.ts'

const [latchkey, single] = ['Latchkey', 'one statement each']

export const touch: Table = {
  name: 'touch',
  needs: ['postgres'],
  async measure({ rounds }) {
    const onPostgres = await interleave(
      [
        { name: `${single}, 64 callers`, file: 'touch-postgres-single.ts', needs: 'postgres' },
        { name: latchkey, file: 'touch-postgres-latchkey.ts', needs: 'postgres' },
      ],
      rounds,
    )
    const onSqlite = await interleave(
      [
        { name: single, file: 'touch-sqlite-single.ts' },
        { name: latchkey, file: 'touch-sqlite.ts' },
      ],
      rounds,
    )
    const heads = ['sessions/s', 'of one statement each'] as const
    return {
      title: 'Activity of 10,000 sessions, written',
      text: `The last use of each of 10,000 sessions, over and over, through Latchkey's activity writer and in its batches;
${rounds.count} rounds of at least ${rounds.duration / 1_000} s. On PostgreSQL:

${operations(onPostgres, ...heads)}

On SQLite, \`synchronous=FULL\`:

${operations(onSqlite, ...heads)}`,
      shown: [
        atLeast(
          'activity of 10,000 sessions on PostgreSQL, against one statement each',
          6,
          timesAsQuick(onPostgres, latchkey, `${single}, 64 callers`),
        ),
        atLeast(
          'activity of 10,000 sessions on SQLite, against one statement each',
          15,
          timesAsQuick(onSqlite, latchkey, single),
        ),
      ],
    }
  },
}
