import type { InsertOutcome } from '../../ports/session-store.ts'
import type { Statements } from './connection.ts'
import { type Insert, insertBatch } from './insert-session.ts'
import { isRefusedData } from './storage-error.ts'

/** Adds sessions in batches: those asked for while a batch is under way share the next one, and one commit. */
export interface InsertBatches {
  insert(insert: Insert): Promise<InsertOutcome>
}

interface Waiting {
  readonly insert: Insert
  readonly resolve: (outcome: InsertOutcome) => void
  readonly reject: (error: unknown) => void
}

/** A statement of this many sessions takes some ten milliseconds. More: one that is refused costs the others more. */
const largestBatch = 500

export function insertBatches(statements: Statements): InsertBatches {
  let waiting: Waiting[] = []
  let isRunning = false

  async function runAll(): Promise<void> {
    isRunning = true
    // Whoever asks in the same turn of the event loop comes along.
    await Promise.resolve()
    while (waiting.length > 0) {
      const batch = waiting.slice(0, largestBatch)
      waiting = waiting.slice(largestBatch)
      await runBatch(statements, batch)
    }
    isRunning = false
  }

  return {
    insert: (insert) =>
      new Promise((resolve, reject) => {
        waiting.push({ insert, resolve, reject })
        if (!isRunning) void runAll()
      }),
  }
}

/** Where the values of one are refused, which undoes the others, each is tried by itself. */
async function runBatch(statements: Statements, batch: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await insertBatch(
      statements,
      batch.map(({ insert }) => insert),
    )
    for (const [index, outcome] of outcomes.entries()) batch[index]?.resolve(outcome)
  } catch (thrown) {
    if (batch.length > 1 && isRefusedData(thrown)) {
      await Promise.all(batch.map((one) => runBatch(statements, [one])))
    } else {
      for (const { reject } of batch) reject(thrown)
    }
  }
}
