import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { fakeMailServer } from '../../packages/server/src/mail/mail-server.fake.ts'
import { databaseUrl, newPool, type PostgresUnderTest, startPostgres } from '../running-postgres.ts'
import { runCommand, startAdministered } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { asService, signedIn, Visitor } from '../visitor.ts'

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.dispose())

interface AlertSeen {
  readonly id: string
  readonly detector: string
  readonly count: number
}

const patiently = { timeout: 60_000, interval: 100 }

it('a stolen cookie that a program uses at one of two nodes is one alert, one ending and one mail to each', async () => {
  await using mails = await fakeMailServer()
  const database = await postgres.newSchema()
  const settings = {
    LATCHKEY_DATABASE_URL: databaseUrl(database),
    LATCHKEY_SECRET: Buffer.alloc(32, 7).toString('base64'),
    LATCHKEY_SMTP_URL: `smtp://127.0.0.1:${mails.place.port}`,
    LATCHKEY_MAIL_FROM: 'no-reply@example.com',
    LATCHKEY_ALERT_MAIL_TO: 'operations@example.com',
  }
  const [here, there] = await Promise.all([
    startAdministered(temporaryFolder(), settings),
    startAdministered(temporaryFolder(), settings),
  ])
  const owner = await signedIn(here)
  const set = { mode: 'enforce', response: 'end-session' }
  const detector = await owner.send('PATCH', '/api/v1/admin/detectors/programmatic-client', set)
  expect(detector.status, detector.text).toBe(200)

  const thief = new Visitor(there.url)
  thief.cookie = owner.cookie
  const own = '/api/v1/security/sessions'
  const used = await thief.send('GET', own, undefined, { 'user-agent': 'curl/8.5.0' })
  expect(used.status).toBe(200)
  await vi.waitFor(async () => expect((await owner.send('GET', own)).status).toBe(401), patiently)
  await vi.waitFor(() => expect(mails.received.length).toBeGreaterThanOrEqual(2), patiently)
  // Its user is told once it has ended on every node.
  expect((await thief.send('GET', own)).status).toBe(401)

  // Another sign-in, which both nodes have seen when its alert is there: by then a second mail of the first would have come.
  const host = {
    user_id: '42',
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
  }
  const { token } = (await asService(there, 'POST', '/api/v1/sessions', host)).body
  const headers = { authorization: `Bearer ${token}`, 'user-agent': 'curl/8.5.0' }
  await fetch(`${here.url}/api/v1/forward-auth`, { headers })
  const again = await signedIn(there)
  const alerts: readonly AlertSeen[] = await vi.waitFor(async () => {
    const { body } = await again.send('GET', '/api/v1/admin/alerts')
    expect(body.alerts).toHaveLength(2)
    for (const { responded_at: at } of body.alerts) expect(at).not.toBeNull()
    return body.alerts
  }, patiently)
  await vi.waitFor(() => expect(mails.received.length).toBeGreaterThanOrEqual(3), patiently)
  const [toOperations, toOwner] = ['operations@example.com', 'admin@example.com']
  expect(mails.received.flatMap(({ to }) => to).toSorted()).toEqual([toOwner, toOperations, toOperations])
  expect(alerts.map(({ detector, count }) => [detector, count])).toEqual([
    ['programmatic-client', 1],
    ['programmatic-client', 1],
  ])

  const pool = newPool({ ...database, max: 1 })
  onTestFinished(() => pool.end())
  const { rows } = await pool.query(
    `SELECT request FROM session_event_log WHERE type = 'session.ended' AND actor = 'system'`,
  )
  expect(rows.map(({ request }) => request).toSorted()).toEqual(alerts.map(({ id }) => id).toSorted())
  const recount = await runCommand(temporaryFolder(), ['reports', 'recount', '--json'], settings)
  expect(JSON.parse(recount.stdout), recount.stderr).toMatchObject({ differing: 0, examples: [] })
}, 120_000)
