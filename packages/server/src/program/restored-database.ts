import { type Clock, type Duration, seconds, type Timers } from 'latchkey'
import type { Logger } from 'pino'
import type { Program } from './open-program.ts'
import { instantOfEvent, isInMemory, isOlder, type OnRecord, positionFile } from './position-file.ts'

/** The note of the cut-off: other nodes know by it that the restore was seen to. */
export const restoredNote = 'the database was restored from a backup'

/** Longer: of what is lost with a restore right after the events, less is noticed. Shorter: more small writes. */
const interval: Duration = seconds(10)

/** Keeps the position of the newest event, and the newest link of the audit log, beside the database. */
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
  if (isInMemory(program.settings)) return { close: async () => {} }
  const look = looker(program, clock, logger)
  await look('linked')
  let looking: Promise<void> = Promise.resolve()
  let cancel = schedule()
  function schedule(): () => void {
    return timers.after(interval, () => {
      looking = look('linked')
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
      await look('linked-now').catch(() => {})
    },
  }
}

/** One look: compares, does what there is to do, and keeps what it saw. */
function looker(
  program: KeepingProgram,
  clock: KeepingOptions['clock'],
  logger: Logger,
): (events: 'linked' | 'linked-now') => Promise<void> {
  const { sessions, storage } = program
  const file = positionFile(program.settings, program.databaseIdentity)
  const findHead = headFinder(sessions, logger)
  const told = { isUnwritable: false }

  async function keep(position: number, auditHead: string | null): Promise<void> {
    const record = { position, at: clock.now(), eventAt: await instantOfEvent(storage, position), auditHead }
    try {
      file.write(record)
    } catch (error) {
      if (!told.isUnwritable) logger.warn({ err: error, path: file.path }, unwritable)
      told.isUnwritable = true
    }
  }

  return async (events) => {
    // In this order: what is on record was read before, so that a whole database has as much by now.
    const known = file.read()
    const position = await storage.events.latest()
    if (known !== null && (await isOlder(storage, known, position))) {
      await cutEverybodyOff(program, known, position, logger)
      // The head on record is of a database that is gone.
      await keep(await storage.events.latest(), await findHead(null, events))
      return
    }
    const head = await findHead(known?.auditHead ?? null, events)
    const isNews = known === null || position > known.position || head !== known.auditHead
    if (isNews) await keep(Math.max(position, known?.position ?? 0), head)
  }
}

const unwritable =
  'a restored backup, and an audit log that was cut off, would not be noticed: the position of the database cannot be kept'

/** What is to be on record: the newest head, or the one that is, while the log does not go on from it. Says so once. */
function headFinder(
  sessions: KeepingProgram['sessions'],
  logger: Logger,
): (known: string | null, events: 'linked' | 'linked-now') => Promise<string | null> {
  const told = { isMissing: false }
  return async (known, events) => {
    const { kind, head } = await sessions.auditHead(events)
    if (kind === 'present') return head
    if (!told.isMissing) logger.error({ event: 'audit-head-missing', head }, headMissing)
    told.isMissing = true
    return known
  }
}

const headMissing =
  'THE AUDIT LOG IS NOT WHAT IT WAS: the newest link of its chain that was seen is gone, or was made again. Somebody changed the database from outside of Latchkey, or it lost rows. Sessions are served; the log is linked no further, and latchkey audit verify finds it broken. What to do: docs/troubleshooting.md, "The audit log lost its head".'

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
