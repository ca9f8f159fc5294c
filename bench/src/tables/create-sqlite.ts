import { interleave } from '../interleave.ts'
import { operations, timesAsQuick } from '../markdown.ts'
import { atLeast } from '../shown.ts'
import type { Table } from '../table.ts'
import { signInEntries, signInRatios } from './sign-in-entries.ts'

const together = 'Latchkey, 64 callers'
const single = 'the same rows by single inserts'

export const createSqlite: Table = {
  name: 'create-sqlite',
  needs: [],
  async measure({ rounds }) {
    const measured = await interleave(
      [
        { name: '4 KiB and `fdatasync` (the limit of a flush)', file: 'create-limit.ts' },
        { name: single, file: 'create-sqlite-single.ts' },
        { name: 'Latchkey, 1 caller', file: 'create-1.ts' },
        { name: together, file: 'create-64.ts' },
        ...signInEntries('sqlite'),
      ],
      rounds,
    )
    return {
      title: 'createSession on SQLite, durable',
      text: `${rounds.count} rounds of ${rounds.duration / 1_000} s; WAL, \`synchronous=FULL\`. Sessions that are created at the same time share a flush. The
single inserts write the same rows (session, event, counter) on the same schema, in a transaction for each session. The
lines after that of 64 callers are theirs, too.

${operations(measured)}`,
      shown: [
        atLeast(
          'creates on SQLite, durable, 64 callers, against single inserts',
          3,
          timesAsQuick(measured, together, single),
        ),
        ...signInRatios(measured, 'SQLite'),
      ],
    }
  },
}
