import { describe, expect, it } from 'vitest'
import { LatchkeyError } from '../../foundation/errors.ts'
import { plainly, sampleSession } from '../../testing/session-store-contract/sample-session.ts'
import type { Statements } from './connection.ts'
import { insertBatches } from './insert-batches.ts'
import type { Values } from './statement.ts'

/** Takes every batch but those that hold the refused id, and remembers the sizes. */
function recording(
  refused: string | null,
  code: string,
): { readonly statements: Statements; sizes: number[] } {
  const sizes: number[] = []
  return {
    sizes,
    statements: {
      async all<Row>(_: string, values: Values = {}) {
        const ids = values.id as readonly string[]
        sizes.push(ids.length)
        if (refused !== null && ids.includes(refused)) {
          const cause = Object.assign(new Error('refused'), { code })
          throw new LatchkeyError('storage-failed', 'refused', { cause })
        }
        return ids.map((id) => ({ id, replaced: null })) as Row[]
      },
      async script() {},
    },
  }
}

function newInserts(count: number) {
  return Array.from({ length: count }, () => ({ record: sampleSession('ada'), plan: plainly }))
}

describe('inserts of one moment', () => {
  it('share a statement, and those that come meanwhile share the next one', async () => {
    const { statements, sizes } = recording(null, '')
    const batches = insertBatches(statements)
    const first = newInserts(64).map((insert) => batches.insert(insert))
    const second = first[0]?.then(() => Promise.all(newInserts(3).map((insert) => batches.insert(insert))))
    expect((await Promise.all(first)).every(({ kind }) => kind === 'inserted')).toBe(true)
    await second
    expect(sizes).toEqual([64, 3])
  })

  it('are split where they are too many for one statement', async () => {
    const { statements, sizes } = recording(null, '')
    const batches = insertBatches(statements)
    await Promise.all(newInserts(1_100).map((insert) => batches.insert(insert)))
    expect(sizes).toEqual([500, 500, 100])
  })

  it('do not suffer from one whose values are refused', async () => {
    const inserts = newInserts(3)
    const { statements, sizes } = recording(inserts[1]?.record.id ?? '', '23505')
    const batches = insertBatches(statements)
    const outcomes = await Promise.allSettled(inserts.map((insert) => batches.insert(insert)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(sizes).toEqual([3, 1, 1, 1])
  })

  it('fail together, and are not tried again, when the database is away', async () => {
    const inserts = newInserts(3)
    const { statements, sizes } = recording(inserts[1]?.record.id ?? '', '08006')
    const batches = insertBatches(statements)
    const outcomes = await Promise.allSettled(inserts.map((insert) => batches.insert(insert)))
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
    expect(sizes).toEqual([3])
    await expect(batches.insert(newInserts(1)[0] ?? inserts[0] ?? raise())).resolves.toBeDefined()
  })
})

function raise(): never {
  throw new Error('there is none')
}
