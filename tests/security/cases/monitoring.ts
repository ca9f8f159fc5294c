import { before, type CreatedSession, days, hours } from 'latchkey'
import { expect } from 'vitest'
import { newAlertId } from '../../../packages/latchkey/src/model/alert-id.ts'
import { sampleAlert } from '../../../packages/server/src/mail/alert-fixture.fake.ts'
import type { Program } from '../../../packages/server/src/program/open-program.ts'
import { endpointsOf } from '../documented-endpoints.ts'
import { everyText } from '../every-text.ts'
import { newUser } from '../new-names.ts'
import type { SecurityCase } from '../security-case.ts'
import { timedProgram } from '../timed-program.ts'

const [phone, laptop] = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
]

/** Reports, alerts and what ends many sessions. */
export const monitoringCases: readonly SecurityCase[] = [
  {
    name: 'case 57: of who is erased nothing is left in any table: no alert, history, mute, note, filter of a bulk ending, nor what they themselves did',
    async run(store) {
      const database = { ...(await store.newDatabase()), LATCHKEY_LOCATION_TRACKING: 'off' }
      await using timed = await timedProgram(store, database)
      const { sessions } = timed.program()
      const [user, other] = [newUser(), newUser()]
      const [first, second] = await lived(timed.program(), user, other)
      await sessions.runBulkEndings()
      timed.clock.advance(hours(1))
      await sessions.updateReports()
      const stored = await everyText(store, database)
      for (const named of [user, second.session.id, second.device?.id ?? 'none'])
        expect(stored).toContain(named)
      await sessions.forgetUser(user)
      await sessions.updateReports()
      const rest = await everyText(store, database)
      expect(rest).toContain(other)
      const ids = [first, second].flatMap(({ session, device }) => [session.id, device?.id ?? user])
      const left = [user, ...ids, '203.0.113.9', 'iPhone'].filter((named) => rest.includes(named))
      expect(left).toEqual([])
      expect(await sessions.verifyAudit()).toMatchObject({ kind: 'intact', unlinked: 0 })
    },
  },
  {
    name: 'every administrative endpoint is for administrators who have signed in whole, and what changes something for everybody asks for a recent proof [ASVS 7.5.3]',
    async run(store) {
      await using timed = await timedProgram(store)
      const { accounts, sessions } = timed.program()
      const email = `${newUser()}@example.com`
      const made = await accounts.create({ email, role: 'admin', password: 'correct horse battery' })
      if (made.kind !== 'created') throw new Error('The administrator was not made.')
      const { token: user } = await sessions.createSession({ userId: newUser(), amr: ['pwd'] })
      const now = timed.clock.now()
      timed.clock.set(before(now, hours(1)))
      const { token: old } = await sessions.createSession({ userId: made.account.id, amr: ['pwd'] })
      timed.clock.set(now)
      const { token: pending } = await sessions.createSession({ userId: made.account.id, stage: 'pending' })
      const document = await (await timed.send({ path: '/openapi.json' })).json()
      const asked: string[] = []
      for (const { method, path, schemes } of endpointsOf(document)) {
        if (!path.startsWith('/api/v1/admin/')) continue
        expect(schemes, path).toEqual(['sessionCookie', 'sessionToken'])
        const send = async (session: string) => {
          const answer = await timed.send({
            method,
            path,
            session,
            ...(method === 'GET' ? {} : { body: {} }),
          })
          return [answer.status, ((await answer.json()) as { code?: string }).code ?? null] as const
        }
        expect(await send(user), path).toEqual([403, 'forbidden'])
        expect(await send(pending), path).toEqual([403, 'factor-required'])
        if (method !== 'GET' && (await send(old))[1] !== 'reauthentication-required')
          asked.push(`${method} ${path}`)
      }
      // They change nothing, or nothing of anybody else.
      expect(asked.sort()).toEqual([
        'DELETE /api/v1/admin/saved-filters/x',
        'POST /api/v1/admin/backtests',
        'POST /api/v1/admin/bulk-endings/preview',
        'PUT /api/v1/admin/saved-filters/x',
      ])
    },
  },
  {
    name: 'case 06: the link of an alert answers that alert and no other, for seven days, for nobody who was forgotten, stands in no log, and of two answers at once "not me" holds [ASVS 9.2.2] [ASVS 14.2.1] [ASVS 16.2.5]',
    async run(store) {
      await using timed = await timedProgram(store)
      const { sessions } = timed.program()
      const alertOf = (userId: string) => linkedAlert(timed.program(), userId)
      const path = '/api/v1/alert-answers'
      const say = async (bearer: string, answer: string) =>
        (await timed.send({ method: 'POST', path, bearer, body: { answer } })).status
      const [first, second, gone] = [
        await alertOf(newUser()),
        await alertOf(newUser()),
        await alertOf(newUser()),
      ]
      // The id, the time or the user of another one under one's own signature.
      const [id, until, signature] = first.link.split('.')
      const later = (Number.parseInt(until ?? '', 36) + 1).toString(36)
      for (const forged of [`${second.alert.id}.${until}.${signature}`, `${id}.${later}.${signature}`])
        expect(await say(forged, 'not-me')).toBe(401)
      expect(await sessions.verifySession(second.token)).toMatchObject({ active: true })
      const statuses = await Promise.all(
        ['me', 'not-me', 'me', 'not-me'].map((answer) => say(first.link, answer)),
      )
      expect(statuses.every((status) => status === 200 || status === 409)).toBe(true)
      expect(await sessions.getAlert(first.alert.id)).toMatchObject({ answer: 'not-me', state: 'open' })
      expect(await sessions.verifySession(first.token)).toMatchObject({ active: false })
      expect(await say(first.link, 'me')).toBe(409)
      await sessions.forgetUser(gone.alert.userId ?? '')
      expect(await say(gone.link, 'not-me')).toBe(401)
      timed.clock.advance(days(7))
      expect(await say(second.link, 'not-me')).toBe(410)
      for (const { link } of [first, second, gone]) {
        expect(timed.logLines.join('')).not.toContain(link)
        const { items } = await sessions.listEvents({}, { cursor: null, limit: 200 })
        expect(JSON.stringify(items)).not.toContain(link.slice(-43))
      }
    },
  },
]

/** Signs the user in twice, and has of them whatever reports and alerts keep. */
async function lived(
  { sessions, storage }: Program,
  user: string,
  other: string,
): Promise<readonly [CreatedSession, CreatedSession]> {
  const signIn = (userAgent: string, ipAddress: string) =>
    sessions.createSession({ userId: user, deviceTokens: [], ipAddress, userAgent })
  const created = [await signIn(laptop, '203.0.113.91'), await signIn(phone, '203.0.113.92')] as const
  const [{ session: except }, { session, device }] = created
  await sessions.createSession({ userId: other, userAgent: laptop })
  await sessions.updateReports()
  const about = { sessionId: session.id, deviceId: device?.id ?? null, response: null }
  const { createdAt: at } = session
  await storage.alerts.add(sampleAlert({ ...about, userId: user, firstAt: at, lastAt: at }), [])
  const { items } = await sessions.listAlerts({ userId: user }, { cursor: null, limit: 10 })
  for (const { id } of items) {
    await sessions.changeAlert(id, { note: 'seen', assignee: user }, { by: `admin:${user}` })
    await sessions.answerAlert(id, 'not-me', { ofUser: user, by: `user:${user}` })
  }
  await concerningOthers({ sessions, storage }, user, other)
  await sessions.addMute({ userId: user }, { by: `admin:${other}` })
  await sessions.addMute({ deviceId: device?.id ?? null }, { by: `admin:${other}` })
  for (const more of ['', ' type:mobile', ` device:${device?.id}`]) {
    const bulk = { filter: `user:${user}${more}`, except: except.id }
    const { count: expected } = await sessions.previewBulkEnding(bulk.filter, bulk)
    const started = await sessions.startBulkEnding({ ...bulk, expected }, { by: `admin:${user}` })
    expect(started.kind).toBe('started')
  }
  return created
}

/** What the user does as an administrator, and what is given to them. */
async function concerningOthers(
  { sessions, storage }: Pick<Program, 'sessions' | 'storage'>,
  user: string,
  other: string,
): Promise<void> {
  const alert = sampleAlert({ id: newAlertId(), userId: other, sessionId: null, response: null })
  await storage.alerts.add(alert, [])
  await sessions.changeAlert(alert.id, { note: 'seen' }, { by: `admin:${user}` })
  await sessions.changeAlert(alert.id, { assignee: user }, { by: `admin:${other}` })
  await sessions.changeAlert(alert.id, { assignee: null }, { by: `admin:${other}` })
}

/** An alert about a new session of the user, and the token of the link to it. */
async function linkedAlert({ sessions, storage }: Program, userId: string) {
  const { session, token } = await sessions.createSession({ userId })
  const at = session.createdAt
  const about = { userId, sessionId: session.id, firstAt: at, lastAt: at, response: null }
  const alert = sampleAlert({ id: newAlertId(), ...about })
  await storage.alerts.add(alert, [])
  return { alert, token, link: sessions.alertLinkToken(alert) ?? '' }
}
