import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, type Duration, type Instant, instantOf, seconds, type Timers, toIso } from 'latchkey'
import type { Logger } from 'pino'
import type { Program } from './open-program.ts'

/** The note of the cut-off: other nodes know by it that the restore was seen to. */
export const restoredNote = 'the database was restored from a backup'

/** Longer: of what is lost with a restore right after the events, less is noticed. Shorter: more small writes. */
const interval: Duration = seconds(10)

/** Keeps the position of the newest event beside the database. */
export interface KeptPosition {
  /** Writes it once more, and stops. */
  close(): Promise<void>
}

type KeepingProgram = Pick<Program, 'settings' | 'sessions' | 'storage' | 'databaseIdentity'>

export interface KeepingOptions {
  readonly clock: Pick<Clock, 'now'>
  readonly timers: Timers
  readonly logger: Logger
}

/** What is on record in the data folder. */
interface OnRecord {
  /** Of an event that was read from this very database before it was written here. */
  readonly position: number
  /** When it was read. */
  readonly at: Instant
  /** When that event happened; null where it was gone by then. */
  readonly eventAt: Instant | null
}

/**
 * A database that has fewer events than were read from it before, or another one in the place of the last of them, is an
 * older one or goes on from one: a backup, or a replica that lacked the last changes. Sessions that were ended since then
 * would be live again; so everybody's are cut off, once for all nodes. Rejects where that cannot be done: then nobody may
 * be answered. A database without a file has no backup.
 */
export async function keepDatabasePosition(
  program: KeepingProgram,
  { clock, timers, logger }: KeepingOptions,
): Promise<KeptPosition> {
  const { database } = program.settings
  if (database.kind === 'sqlite' && database.path === ':memory:') return { close: async () => {} }
  const look = looker(program, clock, logger)
  await look()
  let looking: Promise<void> = Promise.resolve()
  let cancel = schedule()
  function schedule(): () => void {
    return timers.after(interval, () => {
      looking = look()
        .catch((error: unknown) => logger.warn({ err: error }, 'the position of the database was not kept'))
        .then(() => {
          cancel = schedule()
        })
    })
  }
  return {
    async close() {
      await looking
      cancel()
      await look().catch(() => {})
    },
  }
}

/** One look: compares, does what there is to do, and keeps what it saw. */
function looker(
  program: KeepingProgram,
  clock: KeepingOptions['clock'],
  logger: Logger,
): () => Promise<void> {
  const file = recordFile(program, logger)

  async function keep(position: number): Promise<void> {
    const eventAt = await instantOfEvent(program, position)
    file.write({ position, at: clock.now(), eventAt })
  }

  return async () => {
    // In this order: what is on record was read before, so that a whole database has as much by now.
    const known = file.read()
    const position = await program.storage.events.latest()
    if (known !== null && (await isOlder(program, known, position))) {
      await cutEverybodyOff(program, known, position, logger)
      await keep(await program.storage.events.latest())
    } else if (known === null || position > known.position) await keep(position)
  }
}

async function isOlder(program: KeepingProgram, known: OnRecord, position: number): Promise<boolean> {
  if (position < known.position) return true
  if (known.eventAt === null) return false
  // It may have been forgotten since; of an event that is there, position and instant never change.
  const eventAt = await instantOfEvent(program, known.position)
  return eventAt !== null && eventAt !== known.eventAt
}

/** Null where there is none at the position. */
async function instantOfEvent({ storage }: KeepingProgram, position: number): Promise<Instant | null> {
  const [event] = position === 0 ? [] : await storage.events.read(position - 1, 1)
  return event?.position === position ? event.at : null
}

async function cutEverybodyOff(
  { sessions }: KeepingProgram,
  known: OnRecord,
  position: number,
  logger: Logger,
): Promise<void> {
  const facts = { event: 'database-restored', position, positionBefore: known.position }
  const cutOffs = await sessions.listCutOffs()
  // Set after this record was made: by another node, for the same restore.
  const isSeenTo = cutOffs.some(
    ({ scope, note, setAt }) => scope.kind === 'everybody' && note === restoredNote && setAt > known.at,
  )
  if (isSeenTo) {
    logger.warn(facts, 'the database was restored from a backup; another node has signed everybody out')
    return
  }
  await sessions.setCutOff({ kind: 'everybody' }, { note: restoredNote })
  logger.error(
    facts,
    'THE DATABASE IS OLDER THAN IT WAS: it was restored from a backup, or lost its last changes. Everybody was signed out, since sessions that were ended meanwhile would be live again. Passwords changed, users disabled and API keys revoked since the backup are as they were in it: see to them.',
  )
}

interface RecordFile {
  /** Null where there is none, or none that can be read: then nothing is concluded from it. */
  read(): OnRecord | null
  write(record: OnRecord): void
}

/** One file for each database that the folder has served, so that another one is not taken for an older one. */
function recordFile({ settings, databaseIdentity }: KeepingProgram, logger: Logger): RecordFile {
  const path = join(settings.dataDirectory, `position-${databaseIdentity}.json`)
  let isTold = false
  return {
    read() {
      try {
        return onRecord(JSON.parse(readFileSync(path, 'utf8')))
      } catch {
        return null
      }
    },
    write({ position, at, eventAt }) {
      try {
        mkdirSync(settings.dataDirectory, { recursive: true, mode: 0o700 })
        replaceFile(
          path,
          `${JSON.stringify({ position, at: toIso(at), eventAt: eventAt === null ? null : toIso(eventAt) })}\n`,
        )
      } catch (error) {
        if (!isTold) {
          logger.warn(
            { err: error, path },
            'a restored backup would not be noticed: its position cannot be kept',
          )
        }
        isTold = true
      }
    },
  }
}

function onRecord(given: unknown): OnRecord | null {
  const { position, at, eventAt } = (given ?? {}) as { readonly [Name in keyof OnRecord]?: unknown }
  const readAt = instantIn(at)
  if (typeof position !== 'number' || !Number.isSafeInteger(position) || readAt === null) return null
  return { position, at: readAt, eventAt: instantIn(eventAt) }
}

function instantIn(text: unknown): Instant | null {
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? null : instantOf(time)
}

/** Written under another name and put in its place, so that a crash leaves the old one or the new one. */
function replaceFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}
