// One node of the harness: a process with its own pool and cache that does what its parent says.
import { setTimeout as wait } from 'node:timers/promises'
import { createSessions, instantOf, LatchkeyError, type Sessions } from 'latchkey'
import { postgresStorage } from 'latchkey/postgres'
import { Pool } from 'pg'
import { databaseSignIn } from './database-sign-in.ts'
import {
  limitOfSome,
  type NodeAnswer,
  type NodeCommand,
  type NodeFailure,
  type NodeMessage,
  type NodeQuestion,
  type NodeRequest,
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

/** How often the first use of a new token could not be written down. */
let lostNotes = 0

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
      return await createSessions({
        storage: postgresStorage(pool),
        secret,
        rules: [{ name: 'limited', when: { roles: ['limited'] }, sessionLimit: limitOfSome }],
        onBackgroundError: (_error, task) => {
          if (task === 'confirm-token') lostNotes += 1
        },
      })
    } catch (error) {
      if (!(error instanceof LatchkeyError && error.retryable)) throw error
    }
    await wait(50)
  }
}

async function obey(on: Sessions, command: NodeCommand | NodeQuestion): Promise<NodeAnswer> {
  switch (command.kind) {
    case 'create':
      return create(on, command)
    case 'sign-in':
      return signIn(on, command.userId, command.shown)
    case 'verify':
      return verify(on, command.token)
    case 'renew': {
      const renewed = await on.renewSession(command.id, { amr: ['pwd'] })
      return { kind: 'renew', token: renewed?.token ?? null }
    }
    case 'rotate': {
      const rotated = await on.rotateSession(command.shown)
      return { kind: 'rotate', token: rotated?.token ?? null }
    }
    case 'end':
      return end(on, command.id)
    case 'end-user':
      return { kind: 'end-user', ended: await on.invalidateAllUserSessions(command.userId) }
    case 'end-device':
      return { kind: 'end-device', ended: await on.endDeviceSessions(command.deviceId) }
    case 'cut-off':
      return cutOff(on, command.userId)
    case 'disable':
      return { kind: 'disable', ended: await on.disableUser(command.userId) }
    case 'enable':
      return { kind: 'enable', isEnabled: await on.enableUser(command.userId) }
    case 'count':
      return { kind: 'count', counted: await on.getSessionCountByUser(command.userId) }
    case 'list': {
      const listed = await on.getActiveSessionsByUser(command.userId)
      return { kind: 'list', ids: listed.map(({ id }) => id) }
    }
    case 'state':
      return { kind: 'state', lease: on.getCacheState().lease }
  }
}

async function create(
  on: Sessions,
  { userId, replaces, limit }: NodeCommand & { kind: 'create' },
): Promise<NodeAnswer> {
  const { token, session } = await on.createSession({
    userId,
    ...(limit === null ? {} : { roles: ['limited'] }),
    ...(replaces === null ? {} : { replaces }),
  })
  return { kind: 'create', token, createdAt: session.createdAt }
}

/** Until now, said aloud: so the harness knows which sessions it is about. */
async function cutOff(on: Sessions, userId: string | null): Promise<NodeAnswer> {
  const notBefore = instantOf(Date.now())
  await on.setCutOff(userId === null ? { kind: 'everybody' } : { kind: 'user', userId }, { notBefore })
  return { kind: 'cut-off', notBefore }
}

async function signIn(on: Sessions, userId: string, shown: string | null): Promise<NodeAnswer> {
  const deviceTokens = shown === null ? [] : [shown]
  const { token, device, session } = await on.createSession({ userId, deviceTokens })
  if (device === null) throw new Error('The session is on no device')
  return { kind: 'sign-in', token, kept: device.token, createdAt: session.createdAt }
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
  const lostBefore = lostNotes
  const cached = on.verifyCached(token)
  const verified = cached ?? (await on.verifySession(token))
  const how = { isCached: cached !== null, isNoted: lostNotes === lostBefore }
  if (!verified.active) return { kind: 'verify', answer: verified.reason, accepted: null, ...how }
  const { id, userId } = verified.session
  return { kind: 'verify', answer: 'accepted', accepted: `${id} ${userId}`, ...how }
}

function toFailure(error: unknown): NodeFailure | { readonly kind: 'refused' } {
  const isOwn = error instanceof LatchkeyError
  if (isOwn && error.code === 'user-disabled') return { kind: 'refused' }
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
