// One node of the harness: a process with its own pool and cache that does what its parent says.
import { setTimeout as wait } from 'node:timers/promises'
import { createSessions, LatchkeyError, type Sessions } from 'latchkey'
import { postgresStorage } from 'latchkey/postgres'
import { Pool } from 'pg'
import { databaseSignIn } from './database-sign-in.ts'
import type {
  NodeAnswer,
  NodeCommand,
  NodeFailure,
  NodeMessage,
  NodeQuestion,
  NodeRequest,
} from './node-commands.ts'

/** What never answers is given up within a second or so, in milliseconds. */
const patience = {
  connectionTimeoutMillis: 1_000,
  query_timeout: 1_500,
  statement_timeout: 1_500,
  lock_timeout: 1_000,
}

/** Every node's, so that each knows the devices of the others. */
const secret = new Uint8Array(32).fill(7)

const sessions = await openSessions(Number(process.argv[2]))
process.on('message', (request: NodeRequest) => {
  obey(sessions, request.command)
    .catch(toFailure)
    .then((answer) => say({ kind: 'answer', number: request.number, answer }))
})
// A parent that is gone leaves nobody behind.
process.on('disconnect', () => process.exit())
say({ kind: 'ready' })

/** A node may be started while its database is away: it tries until that answers. */
async function openSessions(port: number): Promise<Sessions> {
  const pool = new Pool({ ...databaseSignIn, ...patience, host: '127.0.0.1', port, max: 24 })
  pool.on('error', () => {})
  for (;;) {
    try {
      return await createSessions({ storage: postgresStorage(pool), secret, onBackgroundError: () => {} })
    } catch (error) {
      if (!(error instanceof LatchkeyError && error.retryable)) throw error
    }
    await wait(50)
  }
}

async function obey(on: Sessions, command: NodeCommand | NodeQuestion): Promise<NodeAnswer> {
  switch (command.kind) {
    case 'create': {
      const { userId, replaces } = command
      const { token } = await on.createSession({ userId, ...(replaces === null ? {} : { replaces }) })
      return { kind: 'create', token }
    }
    case 'sign-in':
      return signIn(on, command.userId, command.shown)
    case 'verify':
      return verify(on, command.token)
    case 'renew': {
      const renewed = await on.renewSession(command.id, { amr: ['pwd'] })
      return { kind: 'renew', token: renewed?.token ?? null }
    }
    case 'end':
      return end(on, command.id)
    case 'end-user':
      return { kind: 'end-user', ended: await on.invalidateAllUserSessions(command.userId) }
    case 'end-device':
      return { kind: 'end-device', ended: await on.endDeviceSessions(command.deviceId) }
    case 'list': {
      const listed = await on.getActiveSessionsByUser(command.userId)
      return { kind: 'list', ids: listed.map(({ id }) => id) }
    }
    case 'state':
      return { kind: 'state', lease: on.getCacheState().lease }
  }
}

async function signIn(on: Sessions, userId: string, shown: string | null): Promise<NodeAnswer> {
  const { token, device } = await on.createSession({ userId, deviceTokens: shown === null ? [] : [shown] })
  if (device === null) throw new Error('The session is on no device')
  return { kind: 'sign-in', token, kept: device.token }
}

async function end(on: Sessions, id: string): Promise<NodeAnswer> {
  let receipt = { confirmed: 0, fenced: 0 }
  const isEnded = await on.invalidateSession(id, {
    onReceipt: ({ confirmed, fenced }) => {
      receipt = { confirmed, fenced }
    },
  })
  return { kind: 'end', isEnded, ...receipt }
}

async function verify(on: Sessions, token: string): Promise<NodeAnswer> {
  const cached = on.verifyCached(token)
  const verified = cached ?? (await on.verifySession(token))
  const isCached = cached !== null
  if (!verified.active) return { kind: 'verify', answer: verified.reason, accepted: null, isCached }
  const { id, userId } = verified.session
  return { kind: 'verify', answer: 'accepted', accepted: `${id} ${userId}`, isCached }
}

function toFailure(error: unknown): NodeFailure {
  const isOwn = error instanceof LatchkeyError
  const message = error instanceof Error ? error.message : String(error)
  return {
    kind: 'failed',
    code: isOwn ? error.code : 'unexpected',
    isRetryable: isOwn && error.retryable,
    message,
  }
}

function say(message: NodeMessage): void {
  process.send?.(message)
}
