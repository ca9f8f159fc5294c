import { LatchkeyError } from '../../foundation/errors.ts'
import type { SessionRef } from '../../model/session.ts'
import type { SessionSelection } from '../../model/session-filter.ts'
import type { Announcer } from './announcements.ts'
import type { Statements } from './connection.ts'
import { endSelected, type Request } from './end-sessions.ts'

/** Ends sessions in batches: endings asked for while one is under way share the next statement, commit and announcement. */
export interface EndBatches {
  end(request: Request): Promise<readonly SessionRef[]>
}

interface Waiting {
  readonly request: Request
  readonly resolve: (ended: readonly SessionRef[]) => void
  readonly reject: (error: unknown) => void
}

/** Endings in one statement; sessions that one asks for together count each, and are not divided. More: the first of them waits longer for the last. Fewer: more commits. */
const largestBatch = 200

/** Endings that may wait, about 1 KB each. Reached only when the database is away or drowned: then the caller is told at once. */
const mostWaiting = 10_000

export function endBatches(statements: Statements, announcer: Announcer): EndBatches {
  let waiting: Waiting[] = []
  let isRunning = false

  async function runAll(): Promise<void> {
    isRunning = true
    // Whoever asks in the same turn of the event loop comes along.
    await Promise.resolve()
    while (waiting.length > 0) {
      const size = batchSize(waiting)
      const batch = waiting.slice(0, size)
      waiting = waiting.slice(size)
      await runBatch(statements, announcer, batch)
    }
    isRunning = false
  }

  return {
    end: (request) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= mostWaiting) {
          reject(new LatchkeyError('storage-busy', 'Too many endings wait for the database.'))
          return
        }
        waiting.push({ request, resolve, reject })
        if (!isRunning) void runAll()
      }),
  }
}

/** How many come together: one at least. */
function batchSize(waiting: readonly Waiting[]): number {
  let size = 0
  let endings = 0
  for (const { request } of waiting) {
    endings += sizeOf(request.selection)
    if (size > 0 && endings > largestBatch) break
    size += 1
  }
  return size
}

function sizeOf(selection: SessionSelection): number {
  return selection.kind === 'sessions' ? selection.sessions.length : 1
}

async function runBatch(
  statements: Statements,
  announcer: Announcer,
  batch: readonly Waiting[],
): Promise<void> {
  try {
    const requests = batch.map(({ request }) => request)
    const ended = await announcer.change((announce) =>
      endSelected(statements, requests, announce(requests.map(({ selection }) => selection))),
    )
    for (const [index, { resolve }] of batch.entries()) resolve(ended[index] ?? [])
  } catch (thrown) {
    for (const { reject } of batch) reject(thrown)
  }
}
