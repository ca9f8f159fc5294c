import { LatchkeyError } from '../../foundation/errors.ts'
import type { DeviceId } from '../../model/device.ts'
import type { InsertOutcome } from '../../ports/session-store.ts'
import type { Announcer } from './announcements.ts'
import { type InsertConnection, insertBatch } from './insert-in-steps.ts'
import type { Insert } from './insert-values.ts'
import { isRefusedData } from './storage-error.ts'

/**
 * Adds sessions in batches: those asked for in one turn of the event loop, or while others are under way, share a
 * statement and a commit.
 */
export interface InsertBatches {
  /** Rejects at once, with `storage-busy`, where too many wait already. */
  insert(insert: Insert): Promise<InsertOutcome>
}

interface Waiting {
  readonly insert: Insert
  readonly resolve: (outcome: InsertOutcome) => void
  readonly reject: (error: unknown) => void
}

/** A statement of this many sessions takes some ten milliseconds. More: one that is refused costs the others more. */
const largestBatch = 500

/**
 * Statements under way at a time: while the database writes one to its disk, it works on the other and this process
 * writes a third. More: smaller ones, each with a price of its own, and fewer connections for everything else.
 */
const atOnce = 2

/** Fewer than this are no batch of their own, although another statement could run: each is a commit. */
const smallestShare = 16

/**
 * Sessions that may wait, about 2 KB each; well over a second's work. Reached only when the database is away or
 * drowned: then callers are told at once, instead of waiting for what comes too late for them. Fewer: a burst of
 * sign-ins is refused that would have been taken. More: more memory, and longer until a caller knows.
 */
export const mostWaiting = 20_000

export function insertBatches(connection: InsertConnection, announcer: Announcer): InsertBatches {
  let waiting: Waiting[] = []
  let underWay = 0
  let isDue = false

  function start(): void {
    isDue = false
    while (waiting.length > 0 && underWay < atOnce) {
      const share = Math.ceil(waiting.length / (atOnce - underWay))
      const size = Math.min(largestBatch, share < smallestShare ? waiting.length : share)
      const { batch, second } = onDifferentDevices(waiting.slice(0, size))
      waiting = [...second, ...waiting.slice(size)]
      underWay += 1
      void runBatch(connection, announcer, batch).then(startNext)
    }
  }

  function startNext(): void {
    underWay -= 1
    if (waiting.length > 0) startSoon()
  }

  /** Once everybody has asked who does so in this turn of the event loop: answers come together, and so do askers. */
  function startSoon(): void {
    if (isDue || underWay === atOnce) return
    isDue = true
    setImmediate(start)
  }

  return {
    insert: (insert) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= mostWaiting) return reject(tooMany())
        waiting.push({ insert, resolve, reject })
        startSoon()
      }),
  }
}

function tooMany(): LatchkeyError {
  return new LatchkeyError('storage-busy', 'Too many new sessions wait for the database.')
}

/** The first on each device, and those that have to wait for it. */
function onDifferentDevices(asked: readonly Waiting[]): {
  readonly batch: readonly Waiting[]
  readonly second: readonly Waiting[]
} {
  const taken = new Set<DeviceId>()
  const batch: Waiting[] = []
  const second: Waiting[] = []
  for (const one of asked) {
    const id = one.insert.plan.device?.record.id ?? null
    const isSecond = id !== null && taken.has(id)
    if (id !== null) taken.add(id)
    if (isSecond) second.push(one)
    else batch.push(one)
  }
  return { batch, second }
}

/** Where the values of one are refused, which undoes the others, each is tried by itself. */
async function runBatch(
  connection: InsertConnection,
  announcer: Announcer,
  batch: readonly Waiting[],
): Promise<void> {
  try {
    const inserts = batch.map(({ insert }) => insert)
    const outcomes = await announcer.change((announce) => insertBatch(connection, inserts, announce))
    for (const [index, outcome] of outcomes.entries()) batch[index]?.resolve(outcome)
  } catch (thrown) {
    if (batch.length > 1 && isRefusedData(thrown)) {
      await Promise.all(batch.map((one) => runBatch(connection, announcer, [one])))
    } else {
      for (const { reject } of batch) reject(thrown)
    }
  }
}
