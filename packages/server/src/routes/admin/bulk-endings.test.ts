import type { BulkEndingOnWire, BulkPreviewResponse } from 'latchkey/http'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { cookieOf, type TemporaryProgram, temporaryProgram } from '../../testing/temporary-program.ts'

// Passwords are really hashed here, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const password = 'correct horse battery'
const path = '/api/v1/admin/bulk-endings'

let temporary: TemporaryProgram
let admin: string
let rootId: string

beforeAll(async () => {
  temporary = await temporaryProgram()
  const created = await temporary.program.accounts.create({
    email: 'root@example.com',
    role: 'admin',
    password,
  })
  rootId = created.kind === 'created' ? created.account.id : ''
  const login = { body: { email: 'root@example.com', password } }
  admin = cookieOf(await temporary.send('POST', '/api/v1/auth/login', login))
})

afterAll(async () => {
  await temporary[Symbol.asyncDispose]()
})

const post = (address: string, body: unknown) => temporary.send('POST', address, { cookie: admin, body })
const get = (address: string) => temporary.send('GET', address, { cookie: admin })

async function createFor(userId: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await temporary.program.sessions.createSession({ userId })
}

it('what is previewed and confirmed by its number ends, and the receipt says so', async () => {
  await createFor('42', 3)
  const preview = await post(`${path}/preview`, { filter: 'user:42' })
  const seen = (await preview.json()) as BulkPreviewResponse
  expect(seen).toMatchObject({ filter: 'user:42', count: 3, users: 1 })
  expect(seen.sample).toHaveLength(3)
  const started = await post(path, { filter: 'user:42', expected_count: seen.count, note: 'a stolen laptop' })
  expect(started.status).toBe(201)
  const ending = (await started.json()) as BulkEndingOnWire
  expect(ending).toMatchObject({
    state: 'running',
    expected: 3,
    ended: 0,
    by: `admin:${rootId}`,
    by_label: 'root@example.com',
    note: 'a stolen laptop',
  })
  await temporary.program.sessions.runBulkEndings()
  expect(await (await get(`${path}/${ending.id}`)).json()).toMatchObject({ state: 'done', ended: 3 })
  expect(await (await get(path)).json()).toMatchObject({ bulk_endings: [{ id: ending.id, state: 'done' }] })
  expect(await temporary.program.sessions.getSessionCountByUser('42')).toBe(0)
})

it('nothing begins where the number is another one by now', async () => {
  await createFor('43', 2)
  const response = await post(path, { filter: 'user:43', expected_count: 1 })
  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({ code: 'count-changed', count: 2, field: 'expected_count' })
  expect(await temporary.program.sessions.getSessionCountByUser('43')).toBe(2)
})

it('everybody is ended but who asks, who is meant by the address of the account, too', async () => {
  await createFor('44', 2)
  const everybody = (await (await post(`${path}/preview`, { filter: 'state:live' })).json()) as {
    count: number
  }
  const own = await post(`${path}/preview`, { filter: 'user:root@example.com' })
  expect(await own.json()).toMatchObject({ count: 0, users: 0, sample: [] })
  expect((await post(path, { filter: 'state:live', expected_count: everybody.count })).status).toBe(201)
  await temporary.program.sessions.runBulkEndings()
  expect(await temporary.program.sessions.countSessions({ state: 'live' })).toBe(1)
  expect((await get('/api/v1/auth/me')).status).toBe(200)
})

it('one that is cancelled ends nothing more', async () => {
  await createFor('45', 2)
  const started = await post(path, { filter: 'user:45', expected_count: 2 })
  const { id } = (await started.json()) as BulkEndingOnWire
  const cancel = () => temporary.send('POST', `${path}/${id}/cancel`, { cookie: admin })
  expect(await (await cancel()).json()).toMatchObject({ state: 'cancelled', ended: 0 })
  expect(await (await cancel()).json()).toMatchObject({ state: 'cancelled' })
  await temporary.program.sessions.runBulkEndings()
  expect(await temporary.program.sessions.getSessionCountByUser('45')).toBe(2)
})

it.each(['', '  ', 'ann', 'state:ended', 'colour:red'])('the filter %j is refused', async (filter) => {
  for (const [address, body] of [
    [`${path}/preview`, { filter }],
    [path, { filter, expected_count: 0 }],
  ] as const) {
    const response = await post(address, body)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ field: 'filter' })
  }
})

it.each(['nonsense', 'blk_aaaaaaaaaaaaaaaaaaaaaaaaaa'])('there is none of the id %s', async (id) => {
  expect((await get(`${path}/${id}`)).status).toBe(404)
  expect((await temporary.send('POST', `${path}/${id}/cancel`, { cookie: admin })).status).toBe(404)
})

it('the proof of identity has to be recent', async () => {
  await using strict = await temporaryProgram({ LATCHKEY_ADMIN_REAUTHENTICATION_SECONDS: '1' })
  await strict.program.accounts.create({ email: 'root@example.com', role: 'admin', password })
  const login = { body: { email: 'root@example.com', password } }
  const cookie = cookieOf(await strict.send('POST', '/api/v1/auth/login', login))
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5_000 })
  const body = { filter: 'state:live', expected_count: 0 }
  const response = await strict.send('POST', path, { cookie, body })
  vi.useRealTimers()
  expect(await response.json()).toMatchObject({ code: 'reauthentication-required' })
})
