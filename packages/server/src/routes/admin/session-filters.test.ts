import type { ManagedSession, ManagedSessionsResponse, SavedFiltersResponse } from 'latchkey/http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { cookieOf, type TemporaryProgram, temporaryProgram } from '../../testing/temporary-program.ts'

// Passwords are really hashed here, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const password = 'correct horse battery'

let temporary: TemporaryProgram
let admin: string
let user: string
let annId: string

async function signIn(email: string): Promise<string> {
  return cookieOf(await temporary.send('POST', '/api/v1/auth/login', { body: { email, password } }))
}

beforeAll(async () => {
  temporary = await temporaryProgram()
  const { accounts, sessions } = temporary.program
  await accounts.create({ email: 'root@example.com', role: 'admin', password })
  const created = await accounts.create({ email: 'ann@example.com', role: 'user', password })
  annId = created.kind === 'created' ? created.account.id : ''
  admin = await signIn('root@example.com')
  user = await signIn('ann@example.com')
  for (let index = 0; index < 3; index += 1) {
    await sessions.createSession({
      userId: `customer-${index}`,
      ipAddress: `203.0.113.${index}`,
      deviceInfo: { type: index === 0 ? 'tablet' : 'tv', browser: 'Silk' },
    })
  }
})

afterAll(async () => {
  await temporary[Symbol.asyncDispose]()
})

const path = '/api/v1/admin/sessions'
const get = (address: string) => temporary.send('GET', address, { cookie: admin })
const filtered = (filter: string, more = '') => get(`${path}?filter=${encodeURIComponent(filter)}${more}`)

describe('a filter of the list', () => {
  it.each([
    ['type:tablet', ['customer-0']],
    ['type:tablet,tv -type:tv', ['customer-0']],
    ['browser:Silk ip:203.0.113.0/24', ['customer-0', 'customer-1', 'customer-2']],
    ['browser:"silk"', []],
    ['ip:203.0.113.1', ['customer-1']],
    ['created:>1h', []],
    ['created:<1h type:tv customer-2', ['customer-2']],
    ['risk:low', []],
    ['state:ended', []],
  ])('finds for %s', async (filter, users) => {
    const { sessions } = (await (await filtered(filter)).json()) as ManagedSessionsResponse
    expect(sessions.map((session) => session.user_id).sort()).toEqual(users)
    const counted = await get(`${path}/count?filter=${encodeURIComponent(filter)}`)
    expect(await counted.json()).toEqual({ count: users.length })
  })

  it('knows accounts by their address', async () => {
    const { sessions } = (await (await filtered('user:Ann@example.com')).json()) as ManagedSessionsResponse
    expect(sessions.map((session) => session.user_id)).toEqual([annId])
    const { sessions: found } = (await (await filtered('ann@')).json()) as ManagedSessionsResponse
    expect(found.map((session) => session.user_id)).toEqual([annId])
  })

  it('holds together with the parameters, which are words of it', async () => {
    const response = await filtered('browser:Silk', '&device_type=tablet')
    const { sessions } = (await response.json()) as ManagedSessionsResponse
    expect(sessions.map((session) => session.user_id)).toEqual(['customer-0'])
    const twice = await filtered('user:1', '&user_id=2')
    expect(twice.status).toBe(422)
    expect(await twice.json()).toMatchObject({ field: 'user_id' })
  })

  it('that cannot be read is refused, naming the word and where it begins', async () => {
    for (const place of ['', '/count', '/export']) {
      const response = await get(`${path}${place}?filter=${encodeURIComponent('country:NO colour:red')}`)
      expect(response.status).toBe(422)
      expect(await response.json()).toMatchObject({
        code: 'invalid-input',
        field: 'filter',
        word: 'colour:red',
        position: 11,
        detail: expect.stringContaining('There is no key colour'),
      })
    }
  })
})

describe('an export', () => {
  it.each([
    ['csv', /^text\/csv/],
    ['json', /^application\/json/],
    ['ndjson', /^application\/x-ndjson/],
  ])('as %s is a file without secrets, and is kept by nobody', async (format, type) => {
    const response = await get(`${path}/export?filter=browser:Silk&format=${format}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(type)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="sessions-\\d{4}-\\d\\d-\\d\\d\\.${format}"$`),
    )
    const text = await response.text()
    for (const id of ['customer-0', 'customer-1', 'customer-2']) expect(text).toContain(id)
    expect(text).not.toMatch(/secret|hash|token/i)
  })

  it('has every session of the filter, over many pages, each once', async () => {
    const { sessions } = temporary.program
    for (let index = 0; index < 510; index += 1) {
      await sessions.createSession({ userId: 'crowd', deviceInfo: { type: 'car' } })
    }
    const response = await get(`${path}/export?filter=type:car&format=ndjson`)
    const ids = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as ManagedSession).id)
    expect(new Set(ids).size).toBe(510)
    expect(ids).toHaveLength(510)
  })

  it.each(['?user_id=%00', '?filter=user:%00', '?format=xml'])(
    'that cannot be made is refused before it begins: %s',
    async (query) => {
      expect((await get(`${path}/export${query}`)).status).toBe(422)
    },
  )

  it('breaks off once the session that asked for it is over', async () => {
    const { sessions } = temporary.program
    await Promise.all(
      Array.from({ length: 1_100 }, () => sessions.createSession({ userId: 'customer-of-an-export' })),
    )
    const asking = await signIn('root@example.com')
    const address = `${path}/export?user_id=customer-of-an-export`
    const response = await temporary.send('GET', address, { cookie: asking })
    const reader = response.body?.getReader()
    expect((await reader?.read())?.done).toBe(false)
    await temporary.send('POST', '/api/v1/auth/logout', { cookie: asking })
    const rest = async (): Promise<void> => {
      while (!(await reader?.read())?.done);
    }
    await expect(rest()).rejects.toThrow('The session is over.')
  })
})

describe('saved filters', () => {
  const saved = '/api/v1/admin/saved-filters'
  const names = async (response: Response) =>
    ((await response.json()) as SavedFiltersResponse).saved_filters.map(({ name, filter }) => [name, filter])
  const put = (name: string, filter: string, cookie = admin) =>
    temporary.send('PUT', `${saved}/${encodeURIComponent(name)}`, { cookie, body: { filter } })

  it('are kept as they are written, one to a name, and forgotten', async () => {
    expect((await put('Phones / abroad', 'type:mobile -country:NO created:<7d')).status).toBe(200)
    await put('b', 'state:live')
    expect(await names(await put('b', 'state:ended'))).toEqual([
      ['Phones / abroad', 'type:mobile -country:NO created:<7d'],
      ['b', 'state:ended'],
    ])
    const remove = () =>
      temporary.send('DELETE', `${saved}/${encodeURIComponent('Phones / abroad')}`, { cookie: admin })
    expect(await names(await remove())).toEqual([['b', 'state:ended']])
    expect((await remove()).status).toBe(404)
  })

  it('are those of the account', async () => {
    await temporary.program.accounts.create({ email: 'second@example.com', role: 'admin', password })
    const second = await signIn('second@example.com')
    await put('mine', 'state:live', second)
    expect(await names(await temporary.send('GET', saved, { cookie: second }))).toEqual([
      ['mine', 'state:live'],
    ])
    expect(await names(await get(saved))).not.toContainEqual(['mine', 'state:live'])
  })

  it.each([
    ['x', 'colour:red', 422],
    [' ', 'state:live', 422],
    ['x'.repeat(101), 'state:live', 422],
  ])('are refused: %j %j', async (name, filter, status) => {
    expect((await put(name, filter)).status).toBe(status)
  })
})

it.each([
  ['GET', `${path}/count`],
  ['GET', `${path}/export`],
  ['GET', '/api/v1/admin/saved-filters'],
  ['PUT', '/api/v1/admin/saved-filters/x'],
  ['DELETE', '/api/v1/admin/saved-filters/x'],
  ['GET', '/api/v1/admin/users/42'],
  ['GET', '/api/v1/admin/retention'],
  ['GET', '/api/v1/admin/bulk-endings'],
  ['POST', '/api/v1/admin/bulk-endings'],
  ['POST', '/api/v1/admin/bulk-endings/preview'],
  ['GET', '/api/v1/admin/bulk-endings/blk_x'],
  ['POST', '/api/v1/admin/bulk-endings/blk_x/cancel'],
])('is for administrators only: %s %s', async (method, address) => {
  expect((await temporary.send(method, address, { cookie: user })).status).toBe(403)
  expect((await temporary.send(method, address)).status).toBe(401)
})
