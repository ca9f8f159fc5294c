import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseUrl, newPool, type PostgresUnderTest, startPostgres } from '../running-postgres.ts'
import { startProgram } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { asService } from '../visitor.ts'

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres.dispose())

it('a database that becomes read-only refuses creates and endings with 503, and verifies go on', async () => {
  const settings = await postgres.newSchema()
  const pool = newPool({ ...settings, max: 1 })
  const program = await startProgram(temporaryFolder(), { LATCHKEY_DATABASE_URL: databaseUrl(settings) })
  const create = () => asService(program, 'POST', '/api/v1/sessions', { user_id: 'ada' })
  const { body: created } = await create()
  const { token } = created
  const path = `/api/v1/users/ada/sessions/${created.session.id}`
  const verify = async () => (await asService(program, 'POST', '/api/v1/sessions/verify', { token })).body

  await setReadOnly('on')
  for (const answer of [await create(), await asService(program, 'DELETE', path)]) {
    expect([answer.status, answer.body.code]).toEqual([503, 'storage-unavailable'])
    expect(answer.headers.get('retry-after')).not.toBeNull()
  }
  expect(await verify()).toMatchObject({ active: true })

  await setReadOnly('off')
  expect((await create()).status).toBe(201)
  expect((await asService(program, 'DELETE', path)).status).toBe(200)
  expect(await verify()).toEqual({ active: false, reason: 'revoked' })
  expect((await program.end('SIGTERM')).status).toBe(0)
  await pool.end()

  /** For every connection that is there; a server tells them one after the other, so it is asked until all know. */
  async function setReadOnly(value: 'on' | 'off'): Promise<void> {
    await pool.query('SET default_transaction_read_only = off')
    await pool.query(`ALTER SYSTEM SET default_transaction_read_only = ${value}`)
    await pool.query('SELECT pg_reload_conf()')
    const wanted = value === 'on' ? 503 : 201
    while ((await create()).status !== wanted);
  }
})
