import type { LiveFeed } from '../../ports/live-feed.ts'
import type { Connection } from './connection.ts'
import { type LogStateRow, logState } from './event-log.ts'
import { Listening } from './listening.ts'
import type { PostgresPool } from './postgres-pool.ts'

/** The channel of every storage of a database; the message names the schema. */
const channel = 'latchkey_events'

/** A feed that is told of this storage's own changes, tells other processes of them and listens to theirs. */
export interface PostgresLiveFeed extends LiveFeed {
  /** After each change, once it is committed. */
  changed(): void
  /** Another process has said that it changed something. */
  wake(): void
  close(): void
}

/**
 * A message costs a commit, for which all that send one in a database stand in line. So it is not part of the
 * change, and a process sends at most one in this many milliseconds. Longer: live pages elsewhere lag by it.
 */
const sendEvery = 50

/**
 * How often a process with subscribers looks whether the log has grown, in milliseconds: for what was changed by
 * a process that died before it could say so, and where nothing can be heard, as behind a pooler that shares
 * connections. One look is one statement that reads a row.
 */
const lookEvery = 1_000

export function postgresLiveFeed(pool: PostgresPool, connection: Connection): PostgresLiveFeed {
  const wakes = new Map<symbol, () => void>()
  const announcer = announcing(connection)
  let stopWatching: (() => void) | null = null

  function wakeAll(): void {
    for (const wake of [...wakes.values()]) wake()
  }

  function leaveAll(): void {
    stopWatching?.()
    stopWatching = null
  }

  return {
    subscribe(wake) {
      const subscription = Symbol('subscription')
      wakes.set(subscription, wake)
      stopWatching ??= watchOthers(pool, connection, wakeAll)
      return () => {
        if (wakes.delete(subscription) && wakes.size === 0) leaveAll()
      }
    },
    changed() {
      wakeAll()
      announcer.announce()
    },
    wake: wakeAll,
    close() {
      wakes.clear()
      announcer.stop()
      leaveAll()
    },
  }
}

/** Listens, and looks. What is returned ends both. */
function watchOthers(pool: PostgresPool, connection: Connection, wakeAll: () => void): () => void {
  const listening = listeningFor(pool, wakeAll)
  let seen = ''

  async function look(): Promise<void> {
    const [state] = await connection.all<LogStateRow>(logState)
    const isNew = state !== undefined && (Number(state.waiting) > 0 || String(state.last) !== seen)
    seen = String(state?.last)
    if (isNew) wakeAll()
  }

  // A look that fails is made again; who reads the log meets the failure.
  const timer = setInterval(() => look().catch(() => {}), lookEvery).unref()
  return () => {
    listening.stop()
    clearInterval(timer)
  }
}

function listeningFor(pool: PostgresPool, wakeAll: () => void): Listening {
  let schema = ''
  const listening = new Listening(pool, {
    channels: [channel],
    async prepare(connection) {
      const { rows } = await connection.query({ text: 'SELECT current_schema() AS schema' })
      schema = (rows[0] as { schema: string }).schema
    },
    // Whatever was said before it listened was not heard.
    hearing: wakeAll,
    heard: (_channel, payload) => payload === schema && wakeAll(),
    lost: () => {},
  })
  // It tries again by itself, and the looks go on meanwhile.
  listening.start().catch(() => {})
  return listening
}

interface Announcer {
  announce(): void
  stop(): void
}

/** The first message goes at once; what comes soon after it shares the next one. */
function announcing(connection: Connection): Announcer {
  let isDue = false
  let timer: NodeJS.Timeout | undefined

  function send(): void {
    isDue = false
    timer = setTimeout(() => {
      timer = undefined
      if (isDue) send()
    }, sendEvery).unref()
    // One that is lost is made good by the next look of whoever waits for it.
    connection.all(`SELECT pg_notify('${channel}', current_schema())`).catch(() => {})
  }

  return {
    announce() {
      if (timer) isDue = true
      else send()
    },
    stop: () => clearTimeout(timer),
  }
}
