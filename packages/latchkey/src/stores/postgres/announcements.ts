import { randomUUID } from 'node:crypto'
import type { ChangedSessions } from '../../model/session-filter.ts'
import { isSessionId } from '../../model/session-token.ts'
import type { BusEars } from '../../ports/invalidation-bus.ts'
import type { Statements } from './connection.ts'

/** Where every storage of a database announces its changes. Those of another schema drop what they do not have. */
export const announcementChannel = 'latchkey_invalidations'

/**
 * The part of a statement that announces it: `announced` has one row, which the rest has to read, or it would not
 * be run. What is said is said when, and only when, the statement is committed.
 */
export const announced: string = `announced AS MATERIALIZED (
  SELECT count(pg_notify('${announcementChannel}', announcement))
  FROM unnest(:announcements::text[]) AS announcement)`

/** Within a transaction whose statements did not announce it. */
export async function sendAnnouncements(
  statements: Statements,
  announcements: readonly string[],
): Promise<void> {
  await statements.all(`WITH ${announced} SELECT 1 FROM announced`, { announcements })
}

/** In bytes. A message must be shorter than 8,000; one that is longer fails its statement. */
const longestMessage = 7_000

/** A change as others hear of it. */
export interface Announcement {
  /** The storage that made it, to which confirmations go. */
  readonly from: string
  readonly number: number
  readonly selections: readonly ChangedSessions[]
}

/** Makes the messages for a change, instead of those made before. Each has to be sent in the change's own transaction. */
export type Announce = (selections: readonly ChangedSessions[]) => readonly string[]

/** Numbers the changes of one storage, and tells its own process what became of them. */
export class Announcer {
  readonly id: string = randomUUID()
  #ears: BusEars | null = null
  #last = 0

  tell(ears: BusEars): void {
    this.#ears = ears
  }

  /** Runs a change that announces what it may do, once for each time that it is tried. */
  async change<Result>(run: (announce: Announce) => Promise<Result>): Promise<Result> {
    let numbers: number[] = []
    const announce: Announce = (selections) => {
      this.#abandon(numbers)
      numbers = []
      return inMessages(selections).map((part) => this.#message(part, numbers))
    }
    try {
      const result = await run(announce)
      for (const number of numbers) this.#ears?.committed(number)
      return result
    } catch (thrown) {
      this.#abandon(numbers)
      throw thrown
    }
  }

  #abandon(numbers: readonly number[]): void {
    for (const number of numbers) this.#ears?.abandoned(number)
  }

  #message(selections: readonly OneChange[], numbers: number[]): string {
    this.#last += 1
    numbers.push(this.#last)
    this.#ears?.announcing(this.#last)
    return JSON.stringify([this.id, this.#last, selections.map(written)])
  }
}

/** What one word of a message can say. */
type OneChange = Exclude<ChangedSessions, { kind: 'sessions' }>

/** In the place of a session's id, which it cannot be: a node of a version that does not know it lets go of nothing. */
const everybody = 'everybody'

/**
 * A session is its id, a user a list of one. That a session was left out makes no difference: it is read again. So
 * are those of other devices: a device is told of as its user.
 */
function written(selection: OneChange): string | readonly [string] {
  if (selection.kind === 'everybody') return everybody
  return selection.kind === 'session' ? selection.id : [selection.userId]
}

/** Sessions are told of one by one, so that many of them find room in several messages. */
function eachOf(selection: ChangedSessions): readonly OneChange[] {
  if (selection.kind !== 'sessions') return [selection]
  return selection.sessions.map(({ id, userId }) => ({ kind: 'session', id, userId }))
}

function inMessages(selections: readonly ChangedSessions[]): OneChange[][] {
  const parts: OneChange[][] = []
  let room = 0
  for (const selection of selections.flatMap(eachOf)) {
    const size = Buffer.byteLength(JSON.stringify(written(selection))) + 1
    if (size > room) {
      parts.push([])
      room = longestMessage
    }
    parts.at(-1)?.push(selection)
    room -= size
  }
  return parts
}

/** Null for what no version of this has written. */
export function readAnnouncement(message: string): Announcement | null {
  const parsed = parse(message)
  if (!Array.isArray(parsed)) return null
  const [from, number, selections] = parsed
  if (typeof from !== 'string' || typeof number !== 'number' || !Array.isArray(selections)) return null
  return { from, number, selections: selections.map(toSelection) }
}

/** What a newer version means by something else may be anybody's: too much is let go of, and never too little. */
function toSelection(written: unknown): ChangedSessions {
  if (isSessionId(written)) return { kind: 'session', id: written, userId: null }
  if (Array.isArray(written) && typeof written[0] === 'string') {
    return { kind: 'user', userId: written[0], except: null }
  }
  return { kind: 'everybody' }
}

/** The answer to an announcement. */
export interface Confirmation {
  readonly nodeId: string
  readonly numbers: readonly number[]
}

export function confirmationMessage({ nodeId, numbers }: Confirmation): string {
  return JSON.stringify([nodeId, numbers])
}

export function readConfirmation(message: string): Confirmation | null {
  const parsed = parse(message)
  if (!Array.isArray(parsed) || typeof parsed[0] !== 'string' || !Array.isArray(parsed[1])) return null
  return { nodeId: parsed[0], numbers: parsed[1].map(Number) }
}

function parse(message: string): unknown {
  try {
    return JSON.parse(message)
  } catch {
    return null
  }
}
