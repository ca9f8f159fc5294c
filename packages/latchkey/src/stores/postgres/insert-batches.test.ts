import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { LatchkeyError } from '../../foundation/errors.ts'
import {
  onDevice,
  plainly,
  sampleDevice,
  sampleSession,
  sessionOn,
} from '../../testing/session-store-contract/sample-session.ts'
import { Announcer } from './announcements.ts'
import { insertBatches, mostWaiting } from './insert-batches.ts'
import type { InsertConnection } from './insert-in-steps.ts'
import { newInsert } from './insert-values.ts'
import type { Values } from './statement.ts'

/** Takes every batch but those that hold the refused id, and remembers the sizes. */
function recording(
  refused: string | null,
  code: string,
): { readonly statements: InsertConnection; sizes: number[] } {
  const sizes: number[] = []
  const statements: InsertConnection = {
    async all<Row>(_: string, values: Values = {}) {
      sizes.push(Number(values.count))
      if (refused !== null && String(values.id).includes(refused)) {
        const cause = Object.assign(new Error('refused'), { code })
        throw new LatchkeyError('storage-failed', 'refused', { cause })
      }
      return [] as Row[]
    },
    async script() {},
    transaction: (work) => work(statements),
  }
  return { sizes, statements }
}

function newInserts(count: number) {
  return Array.from({ length: count }, () => newInsert(sampleSession('ada'), plainly))
}

/** Statements that end when they are told to. */
function pausing() {
  const underWay: { readonly size: number; readonly values: Values; end(error?: Error): void }[] = []
  const statements: InsertConnection = {
    all: <Row>(_: string, values: Values = {}) =>
      new Promise<Row[]>((resolve, reject) => {
        const end = (error?: Error): void => (error ? reject(error) : resolve([]))
        underWay.push({ size: Number(values.count), values, end })
      }),
    async script() {},
    transaction: (work) => work(statements),
  }
  return { statements, underWay }
}

const sizesOf = (underWay: readonly { readonly size: number }[]) => underWay.map(({ size }) => size)

describe('inserts of one moment', () => {
  it('are two statements where they are many, and one where they are few', async () => {
    const { statements, sizes } = recording(null, '')
    const batches = insertBatches(statements, new Announcer())
    const many = await Promise.all(newInserts(64).map((insert) => batches.insert(insert)))
    expect(many.every(({ kind }) => kind === 'inserted')).toBe(true)
    await Promise.all(newInserts(9).map((insert) => batches.insert(insert)))
    expect(sizes).toEqual([32, 32, 9])
  })

  it('are split where they are too many for one statement', async () => {
    const { statements, sizes } = recording(null, '')
    const batches = insertBatches(statements, new Announcer())
    await Promise.all(newInserts(1_700).map((insert) => batches.insert(insert)))
    expect(sizes.reduce((sum, size) => sum + size)).toBe(1_700)
    expect(Math.max(...sizes)).toBe(500)
  })

  it('wait while two statements are under way, and share the next one', async () => {
    const { statements, underWay } = pausing()
    const batches = insertBatches(statements, new Announcer())
    const first = newInserts(40).map((insert) => batches.insert(insert))
    await turn()
    const second = newInserts(30).map((insert) => batches.insert(insert))
    await turn()
    expect(sizesOf(underWay)).toEqual([20, 20])
    underWay[1]?.end()
    await Promise.all(first.slice(20))
    await turn()
    expect(sizesOf(underWay)).toEqual([20, 20, 30])
    for (const { end } of underWay) end()
    await Promise.all([...first, ...second])
  })

  it('are in one batch where they are on different devices, and wait for one another on the same', async () => {
    const { statements, underWay } = pausing()
    const batches = insertBatches(statements, new Announcer())
    const [device, other] = [sampleDevice('ada'), sampleDevice('ada')]
    const outcomes = [device, other, null, device, device, null].map((one) =>
      batches.insert(
        one ? newInsert(sessionOn(one), onDevice(one)) : newInsert(sampleSession('ada'), plainly),
      ),
    )
    await turn()
    for (let done = 0; done < underWay.length; done += 1) {
      underWay[done]?.end()
      await turn()
    }
    await Promise.all(outcomes)
    const added = underWay.filter(({ values }) => 'secret_hash' in values)
    expect(added.map(({ values }) => values.device_id)).toEqual([
      [device.id, other.id, null, null],
      [device.id],
      [device.id],
    ])
  })

  it('are refused at once where too many wait, and taken again when fewer do', async () => {
    const { statements, underWay } = pausing()
    const batches = insertBatches(statements, new Announcer())
    const taken = newInserts(mostWaiting).map((insert) => batches.insert(insert))
    const [late] = newInserts(1).map((insert) => batches.insert(insert))
    await expect(late).rejects.toMatchObject({ code: 'storage-busy', retryable: true })
    await turn()
    const [next] = newInserts(1).map((insert) => batches.insert(insert))
    for (let done = 0; done < underWay.length; done += 1) {
      underWay[done]?.end()
      await turn()
    }
    expect(await Promise.all([...taken, next])).toHaveLength(mostWaiting + 1)
  })

  it('that fail are told so, and those that waited behind them go on', async () => {
    const { statements, underWay } = pausing()
    const batches = insertBatches(statements, new Announcer())
    const first = newInserts(20).map((insert) => batches.insert(insert))
    await turn()
    const second = newInserts(20).map((insert) => batches.insert(insert))
    await turn()
    const third = newInserts(5).map((insert) => batches.insert(insert))
    underWay[0]?.end(new LatchkeyError('storage-unavailable', 'away'))
    const outcomes = await Promise.allSettled(first)
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(20)
    await turn()
    for (let done = 1; done < underWay.length; done += 1) {
      underWay[done]?.end()
      await turn()
    }
    await Promise.all([...second, ...third])
  })

  it('do not suffer from one whose values are refused', async () => {
    const inserts = newInserts(3)
    const { statements, sizes } = recording(inserts[1]?.record.id ?? '', '23505')
    const batches = insertBatches(statements, new Announcer())
    const outcomes = await Promise.allSettled(inserts.map((insert) => batches.insert(insert)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(sizes).toEqual([3, 1, 1, 1])
  })

  it('fail together, and are not tried again, when the database is away', async () => {
    const inserts = newInserts(3)
    const { statements, sizes } = recording(inserts[1]?.record.id ?? '', '08006')
    const batches = insertBatches(statements, new Announcer())
    const outcomes = await Promise.allSettled(inserts.map((insert) => batches.insert(insert)))
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
    expect(sizes).toEqual([3])
    await expect(batches.insert(newInserts(1)[0] ?? inserts[0] ?? raise())).resolves.toBeDefined()
  })
})

function raise(): never {
  throw new Error('there is none')
}
