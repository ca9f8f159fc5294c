import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Instant, instantOf, toIso } from 'latchkey'
import type { Storage } from 'latchkey/ports'
import type { Settings } from '../configuration/settings.ts'

/** What is on record in the data folder. */
export interface OnRecord {
  /** Of an event that was read from this very database before it was written here. */
  readonly position: number
  /** When it was read. */
  readonly at: Instant
  /** When that event happened; null where it was gone by then. */
  readonly eventAt: Instant | null
  /** The newest link of the audit log by then; null where there was none. */
  readonly auditHead: string | null
}

/** The record of one database. */
export interface PositionFile {
  readonly path: string
  /** Null where there is none, or none that can be read: then nothing is concluded from it. */
  read(): OnRecord | null
  /** Throws where it cannot be written. */
  write(record: OnRecord): void
}

/** One file for each database that the folder has served, so that another one is not taken for an older one. */
export function positionFile(
  { dataDirectory }: Pick<Settings, 'dataDirectory'>,
  identity: string,
): PositionFile {
  const path = join(dataDirectory, `position-${identity}.json`)
  return {
    path,
    read() {
      try {
        return onRecord(JSON.parse(readFileSync(path, 'utf8')))
      } catch {
        return null
      }
    },
    write({ position, at, eventAt, auditHead }) {
      mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
      const written = {
        position,
        at: toIso(at),
        eventAt: eventAt === null ? null : toIso(eventAt),
        auditHead,
      }
      replaceFile(path, `${JSON.stringify(written)}\n`)
    },
  }
}

/** The head that the audit log must still hold; null: none is known, or the database is another one than it was, restored. */
export async function keptAuditHead(
  settings: Pick<Settings, 'dataDirectory' | 'database'>,
  identity: string,
  storage: Pick<Storage, 'events'>,
): Promise<string | null> {
  if (isInMemory(settings)) return null
  const known = positionFile(settings, identity).read()
  if (known === null || known.auditHead === null) return null
  return (await isOlder(storage, known, await storage.events.latest())) ? null : known.auditHead
}

/** A database without a file: nothing is left of it, and it has no backup. */
export function isInMemory({ database }: Pick<Settings, 'database'>): boolean {
  return database.kind === 'sqlite' && database.path === ':memory:'
}

/** Whether the database, which has events up to the position, lacks what was read from it before. */
export async function isOlder(
  storage: Pick<Storage, 'events'>,
  known: OnRecord,
  position: number,
): Promise<boolean> {
  if (position < known.position) return true
  if (known.eventAt === null) return false
  // It may have been forgotten since; of an event that is there, position and instant never change.
  const eventAt = await instantOfEvent(storage, known.position)
  return eventAt !== null && eventAt !== known.eventAt
}

/** Null where there is none at the position. */
export async function instantOfEvent(
  { events }: Pick<Storage, 'events'>,
  position: number,
): Promise<Instant | null> {
  const [event] = position === 0 ? [] : await events.read(position - 1, 1)
  return event?.position === position ? event.at : null
}

function onRecord(given: unknown): OnRecord | null {
  const { position, at, eventAt, auditHead } = (given ?? {}) as {
    readonly [Name in keyof OnRecord]?: unknown
  }
  const readAt = instantIn(at)
  if (typeof position !== 'number' || !Number.isSafeInteger(position) || readAt === null) return null
  return { position, at: readAt, eventAt: instantIn(eventAt), auditHead: headIn(auditHead) }
}

function headIn(text: unknown): string | null {
  return typeof text === 'string' && /^\d{1,15}:[0-9a-f]{64}$/.test(text) ? text : null
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
