import type { PostgresPool, PostgresQuery } from 'latchkey/postgres'
import { describe, expect, it } from 'vitest'
import { inTransaction, postgresStatements } from './postgres-statements.ts'

interface Watched {
  readonly pool: PostgresPool
  readonly queries: PostgresQuery[]
  /** What each connection was given back with. */
  readonly released: (boolean | undefined)[]
}

/** A pool whose statements do nothing, or fail when they begin with one of the words. */
function watchedPool(...failing: readonly string[]): Watched {
  const [queries, released]: [PostgresQuery[], (boolean | undefined)[]] = [[], []]
  const query = async (asked: PostgresQuery) => {
    queries.push(asked)
    if (failing.some((word) => asked.text.startsWith(word))) throw new Error('Connection terminated')
    return { rows: [] }
  }
  const pool: PostgresPool = {
    query,
    connect: async () => ({
      query,
      on: () => {},
      off: () => {},
      release: (destroy) => released.push(destroy),
    }),
    on: () => {},
  }
  return { pool, queries, released }
}

const texts = ({ queries }: Watched) => queries.map(({ text }) => text.split(' ')[0])

describe('a transaction', () => {
  it('gives its connection back for further use, also when it was rolled back', async () => {
    const watched = watchedPool('INSERT')
    await inTransaction(watched.pool, (run) => run('SELECT 1'))
    await expect(inTransaction(watched.pool, (run) => run('INSERT'))).rejects.toMatchObject({
      code: 'storage-unavailable',
    })
    expect(texts(watched)).toEqual(['BEGIN', 'SELECT', 'COMMIT', 'BEGIN', 'INSERT', 'ROLLBACK'])
    expect(watched.released).toEqual([false, false])
  })

  it('that cannot be ended ends its connection, so that nobody else works within it', async () => {
    const watched = watchedPool('COMMIT', 'ROLLBACK')
    await expect(inTransaction(watched.pool, (run) => run('SELECT 1'))).rejects.toMatchObject({
      code: 'storage-unavailable',
    })
    expect(watched.released).toEqual([true])
  })
})

it('each text is prepared under one name of its own', async () => {
  const watched = watchedPool()
  const { run } = postgresStatements(watched.pool)
  for (const text of ['SELECT 1', 'SELECT 2', 'SELECT 1']) await run(text, 'a value')
  const [first, second, third] = watched.queries.map(({ name }) => name)
  expect(first).toMatch(/^latchkey_program_[0-9a-f]{20}$/)
  expect(second).not.toBe(first)
  expect(third).toBe(first)
})
