import { copyFileSync, rmSync } from 'node:fs'
import { expect } from 'vitest'
import { loadSettings } from '../../../packages/server/src/configuration/load-settings.ts'
import { createLogger } from '../../../packages/server/src/program/logger.ts'
import { type RunningProgram, serve } from '../../../packages/server/src/program/serve.ts'
import { serviceKey } from '../../running-program.ts'
import { newUser } from '../new-names.ts'
import type { SecurityCase } from '../security-case.ts'
import { currentSession } from '../sessions-of-store.ts'
import type { Settings, StartedStore } from '../started-store.ts'
import { twoNodes } from '../two-nodes.ts'

/** What is to be gone for good, and what a backup would bring back. */
export const forgottenCases: readonly SecurityCase[] = [
  {
    name: 'case 57: who is erased has no live session on any node from then on, nothing on record, and no name in the audit log, whose chain holds [ASVS 7.4.2] [ASVS 16.4.2]',
    async run(store) {
      await using both = await twoNodes(store)
      const [first, second] = both.nodes
      const [user, other] = [newUser(), newUser()]
      const made = await first.program().sessions.createSession({
        userId: user,
        deviceTokens: [],
        ipAddress: '203.0.113.57',
        userAgent: 'Mozilla/5.0 (erased)',
      })
      const kept = await first.program().sessions.createSession({ userId: other })
      for (const node of both.nodes) expect(await node.statusOf(made.token)).toBe(200)
      expect(await first.program().sessions.forgetUser(user)).toBe(1)
      const path = `/api/v1/users/${user}`
      for (const node of both.nodes) {
        expect([await node.statusOf(made.token), await node.statusOf(kept.token)]).toEqual([401, 200])
        const { sessions } = node.program()
        expect(await sessions.verifySession(made.token)).toEqual({ active: false, reason: 'unknown' })
        expect(await sessions.getSession(made.session.id)).toBeNull()
        const counted = await node.send({ path: `${path}/sessions/analytics`, bearer: serviceKey })
        expect(await counted.json()).toMatchObject({ total_sessions: 0, active_sessions: 0 })
        for (const list of ['sessions', 'devices']) {
          const answer = await node.send({ path: `${path}/${list}`, bearer: serviceKey })
          expect(((await answer.json()) as Record<string, unknown>)[list]).toEqual([])
        }
      }
      const { items } = await second.program().sessions.listEvents({}, { cursor: null, limit: 200 })
      const log = JSON.stringify(items)
      for (const named of [user, made.session.id, made.device?.id ?? 'none', '203.0.113.57', '(erased)'])
        expect(log).not.toContain(named)
      expect(log).toContain(other)
      expect(items.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['user.forgotten', 'event.erased']),
      )
      for (const node of both.nodes)
        expect(await node.program().sessions.verifyAudit()).toMatchObject({ kind: 'intact', unlinked: 0 })
      expect(await store.command(both.database, ['audit', 'verify'])).toMatchObject({ status: 0 })
    },
  },
  {
    name: 'case 58: after yesterday’s backup is restored, sessions that were ended since are refused, as are all others from before, and the program says so loudly [ASVS 7.4.1]',
    async run(store) {
      const settings = await databaseOfItsOwn(store)
      const [user, lines] = [newUser(), [] as string[]]
      const first = await served(settings, lines)
      const [ended, live] = [await create(first, user), await create(first, user)]
      await first.stop('at-once')
      const restore = await backup(store, settings)
      const second = await served(settings, lines)
      const end = await asHost(second, 'DELETE', `/api/v1/users/${user}/sessions/${ended.id}`)
      expect(end.status).toBe(200)
      const disabled = await asHost(second, 'POST', `/api/v1/users/${user}/disable`, {})
      expect(disabled.status).toBe(200)
      await second.stop('at-once')
      expect(lines.join('')).not.toContain('OLDER THAN IT WAS')
      await restore()
      const third = await served(settings, lines)
      try {
        expect(lines.filter((line) => line.includes('OLDER THAN IT WAS'))).toHaveLength(1)
        for (const { token } of [ended, live]) expect(await statusOf(third, token)).toBe(401)
        const later = await create(third, newUser())
        expect(await statusOf(third, later.token)).toBe(200)
        const { items } = await third.program.sessions.listEvents({}, { cursor: null, limit: 20 })
        expect(items.map(({ type }) => type)).toContain('cut-off.set')
      } finally {
        await third.stop('at-once')
      }
      // It was seen to: the next start leaves everybody signed in.
      const fourth = await served(settings, lines)
      expect(lines.filter((line) => line.includes('OLDER THAN IT WAS'))).toHaveLength(1)
      await fourth.stop('at-once')
    },
  },
]

/** A file, or a database that nobody else is connected to. */
async function databaseOfItsOwn(store: StartedStore): Promise<Settings> {
  const settings = await store.newDatabase()
  if (store.kind === 'SQLite') return settings
  await store.execute(settings, 'CREATE DATABASE restored')
  const url = new URL(settings['LATCHKEY_DATABASE_URL'] ?? '')
  url.pathname = '/restored'
  url.search = ''
  return {
    ...settings,
    LATCHKEY_DATABASE_URL: url.href,
    administration: settings['LATCHKEY_DATABASE_URL'] ?? '',
  }
}

/** Copies the database while no program runs; returns what puts the copy in its place. The data folder is left as it is. */
async function backup(store: StartedStore, settings: Settings): Promise<() => Promise<void>> {
  const { LATCHKEY_DATA_DIR: folder, administration = '' } = settings
  if (store.kind === 'SQLite') {
    const file = `${folder}/latchkey.db`
    copyFileSync(file, `${file}.backup`)
    return async () => {
      for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
      copyFileSync(`${file}.backup`, file)
    }
  }
  const place = { LATCHKEY_DATABASE_URL: administration }
  await store.execute(place, 'CREATE DATABASE backup TEMPLATE restored')
  return async () => {
    await store.execute(place, 'DROP DATABASE restored WITH (FORCE)')
    await store.execute(place, 'ALTER DATABASE backup RENAME TO restored')
  }
}

async function served(
  { administration: _, ...settings }: Settings,
  lines: string[],
): Promise<RunningProgram> {
  const environment = {
    ...settings,
    LATCHKEY_PORT: '0',
    LATCHKEY_API_KEY: serviceKey,
    LATCHKEY_DRAIN_SECONDS: '0',
    LATCHKEY_LOCATION_TRACKING: 'off',
  }
  const workingDirectory = settings['LATCHKEY_DATA_DIR'] ?? ''
  const logger = createLogger('info', { write: (line: string) => void lines.push(line) })
  return serve(await loadSettings({ environment, workingDirectory }), logger)
}

function asHost(
  { listeningUrl }: RunningProgram,
  method: string,
  path: string,
  body?: object,
): Promise<Response> {
  return fetch(`${listeningUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${serviceKey}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
}

async function create(
  program: RunningProgram,
  user: string,
): Promise<{ readonly id: string; readonly token: string }> {
  const answer = await asHost(program, 'POST', '/api/v1/sessions', { user_id: user })
  const { session, token } = (await answer.json()) as { session: { id: string }; token: string }
  expect(answer.status).toBe(201)
  return { id: session.id, token }
}

async function statusOf({ listeningUrl }: RunningProgram, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(`${listeningUrl}${currentSession}`, { headers })).status
}
