import { beforeEach, describe, expect, it } from 'vitest'
import { days, hours } from '../../foundation/time.ts'
import type { CreatedSession } from '../../operations/create-session.ts'
import { type ApiUnderTest, apiUnderTest, type Call, problemOf } from '../api-under-test.fake.ts'
import { devicesResponseSchema, forgetDeviceResponseSchema, userDeviceSchema } from '../device-schemas.ts'
import { revokeSessionsResponseSchema, userSessionSchema } from '../session-schemas.ts'
import type { UserDevice } from '../wire-types.ts'

const path = '/api/v1/security/devices'
let under: ApiUnderTest
let laptop: CreatedSession
let phone: CreatedSession

const signInOn = (userId: string, tokens: readonly string[], type: 'desktop' | 'mobile') =>
  under.signIn(userId, { deviceTokens: tokens, deviceInfo: { type, location: 'Oslo, Norway' } })

beforeEach(async () => {
  under = await apiUnderTest()
  laptop = await signInOn('ann', [], 'desktop')
  under.pass(hours(1))
  phone = await signInOn('ann', [], 'mobile')
})

const idOf = (created: CreatedSession) => created.device?.id ?? ''
const ask = (part: string, call: Call = {}) => under.call(path + part, { cookie: laptop.token, ...call })
const list = async () => devicesResponseSchema.parse(await (await ask('')).json())
const change = (id: string, json: unknown) => ask(`/${id}`, { method: 'PATCH', json })

describe('the list', () => {
  it('has the last seen first, the current one marked, with how each was used', async () => {
    const { devices, total_count } = await list()
    expect(devices.map(({ id, is_current }) => [id, is_current])).toEqual([
      [idOf(phone), false],
      [idOf(laptop), true],
    ])
    expect(total_count).toBe(2)
    expect(devices[1]).toMatchObject({
      name: null,
      device_info: { type: 'desktop' },
      engine: null,
      brand: null,
      model: null,
      first_seen: '2026-01-01T00:00:00.000Z',
      last_seen: '2026-01-01T00:00:00.000Z',
      trusted_until: null,
      active_sessions: 1,
      places: [{ location: 'Oslo, Norway', sessions: 1, last_seen: '2026-01-01T00:00:00.000Z' }],
      resembles: null,
    })
  })

  it('shows no device of anybody else, and no token of any', async () => {
    const bob = await signInOn('bob', [], 'desktop')
    const text = await (await ask('')).text()
    expect(text).not.toContain(idOf(bob))
    expect(text).not.toContain(laptop.device?.token.split('.')[1])
  })

  it('says of each session on which device it is', async () => {
    const answer = await under.call('/api/v1/security/sessions/current', { cookie: laptop.token })
    expect(userSessionSchema.parse(await answer.json()).device_id).toBe(idOf(laptop))
  })
})

describe('changing one', () => {
  it('names it, trusts it from now on, and takes both back', async () => {
    const named = await change(idOf(phone), { name: 'My phone', trusted_for_seconds: 86_400 })
    expect(userDeviceSchema.parse(await named.json())).toMatchObject({
      id: idOf(phone),
      name: 'My phone',
      trusted_until: '2026-01-02T01:00:00.000Z',
    })
    const back = await change(idOf(phone), { trusted_for_seconds: null })
    expect(await back.json()).toMatchObject({ name: 'My phone', trusted_until: null })
    expect(await (await change(idOf(phone), { name: null })).json()).toMatchObject({ name: null })
  })

  it('trusts it no longer than was said', async () => {
    await change(idOf(phone), { trusted_for_seconds: 86_400 })
    under.pass(days(1))
    expect((await list()).devices.map((device) => device.trusted_until)).toEqual([null, null])
  })

  it('changes nothing where nothing is asked for', async () => {
    const before = (await list()).devices
    expect((await change(idOf(phone), {})).status).toBe(200)
    expect((await list()).devices).toEqual(before)
  })

  it.each<[string, unknown]>([
    ['name', { name: '' }],
    ['name', { name: 'x'.repeat(61) }],
    ['name', { name: 'a\u0000b' }],
    ['name', { name: '\ud800' }],
    ['name', { name: 'two\nlines' }],
    ['name', { name: '   ' }],
    ['name', { name: 7 }],
    ['trusted_for_seconds', { trusted_for_seconds: 0 }],
    ['trusted_for_seconds', { trusted_for_seconds: -1 }],
    ['trusted_for_seconds', { trusted_for_seconds: 1.5 }],
    ['trusted_for_seconds', { trusted_for_seconds: 400 * 86_400 + 1 }],
    ['trusted_for_seconds', { trusted_for_seconds: '60' }],
    ['body', []],
  ])('names the field %s at fault of %o', async (field, json) => {
    const answer = await change(idOf(phone), json)
    expect(answer.status).toBe(422)
    expect(await problemOf(answer)).toMatchObject({ code: 'invalid-input', field })
    expect((await list()).devices[0]?.name).toBeNull()
  })
})

describe('forgetting one', () => {
  it('ends its sessions, and the next sign-in there is one on a new device', async () => {
    const answer = await ask(`/${idOf(phone)}`, { method: 'DELETE' })
    expect(forgetDeviceResponseSchema.parse(await answer.json())).toMatchObject({
      forgotten: true,
      revoked_count: 1,
      current: 'kept',
    })
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(await under.sessions.getSession(phone.session.id)).toMatchObject({
      endReason: 'revoked',
      endedBy: 'user:ann',
    })
    const again = await signInOn('ann', [phone.device?.token ?? ''], 'mobile')
    expect(again.device).toMatchObject({ isNew: true })
    expect((await ask(`/${idOf(phone)}`, { method: 'DELETE' })).status).toBe(404)
  })

  it('that asks is signing out: the cookie goes, too', async () => {
    const answer = await ask(`/${idOf(laptop)}`, { method: 'DELETE' })
    expect(await answer.json()).toMatchObject({ current: 'revoked' })
    expect(answer.headers.getSetCookie()).toEqual([
      '__Host-latchkey=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
    ])
    expect((await under.sessions.getSession(laptop.session.id))?.endReason).toBe('logout')
    expect((await ask('')).status).toBe(401)
  })
})

describe('ending the sessions of one', () => {
  it('keeps it known', async () => {
    const answer = await ask(`/${idOf(phone)}/sessions`, { method: 'DELETE' })
    expect(revokeSessionsResponseSchema.parse(await answer.json())).toMatchObject({
      revoked_count: 1,
      current: 'kept',
    })
    expect(answer.headers.getSetCookie()).toEqual([])
    const known = (await list()).devices.find(({ id }) => id === idOf(phone))
    expect(known).toMatchObject({ active_sessions: 0 })
    const again = await ask(`/${idOf(phone)}/sessions`, { method: 'DELETE' })
    expect(await again.json()).toMatchObject({ revoked_count: 0 })
  })

  it('that asks is signing out', async () => {
    const answer = await ask(`/${idOf(laptop)}/sessions`, { method: 'DELETE' })
    expect(await answer.json()).toMatchObject({ revoked_count: 1, current: 'revoked' })
    expect(answer.headers.getSetCookie()[0]).toContain('Max-Age=0')
    expect((await ask('')).status).toBe(401)
  })
})

it.each<[string, string, unknown]>([
  ['PATCH', '', { name: 'Mine' }],
  ['DELETE', '', undefined],
  ['DELETE', '/sessions', undefined],
])(
  "%s…%s: somebody else's id, an unknown one and one of a wrong shape are the same 404",
  async (method, end, json) => {
    const bob = await signInOn('bob', [], 'desktop')
    const before = await under.sessions.getDevices('bob')
    const ids = [
      idOf(bob),
      `dev_${'a'.repeat(24)}`,
      bob.session.id,
      'dev_A',
      '%00',
      'a%2F..%2Fb',
      'x'.repeat(2_000),
    ]
    const answers = await Promise.all(
      ids.map(async (id) => {
        const answer = await ask(`/${id}${end}`, { method, ...(json === undefined ? {} : { json }) })
        const { request_id, ...problem } = await problemOf(answer)
        const { 'x-request-id': header, ...headers } = Object.fromEntries(answer.headers)
        expect(header).toBe(request_id)
        return { status: answer.status, problem, headers }
      }),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ status: 404, problem: { code: 'not-found' } })
    expect(await under.sessions.getDevices('bob')).toEqual(before)
    expect((await under.sessions.verifySession(bob.token)).active).toBe(true)
  },
)

it.each<[string, string]>([
  ['PATCH', ''],
  ['DELETE', ''],
  ['DELETE', '/sessions'],
])(
  '%s…%s from another site is refused, without a session it is 401, and nothing is changed',
  async (method, end) => {
    const json = { name: 'Theirs' }
    const foreign = await ask(`/${idOf(phone)}${end}`, { method, json, site: 'cross-site' })
    expect(foreign.status).toBe(403)
    expect(foreign.headers.get('cache-control')).toBe('no-store')
    const nobody = await under.call(`${path}/${idOf(phone)}${end}`, { method, json })
    expect(nobody.status).toBe(401)
    const devices: readonly UserDevice[] = (await list()).devices
    expect(devices.map(({ name, active_sessions: sessions }) => [name, sessions])).toEqual([
      [null, 1],
      [null, 1],
    ])
  },
)

it('no answer is kept by a cache', async () => {
  for (const answer of [await ask(''), await change(idOf(phone), { name: 'Mine' })]) {
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('vary')).toMatch(/^Cookie, Authorization/)
  }
})

it('a session that is on no device sees the devices, none of them as its own', async () => {
  const { token } = await under.signIn('ann')
  const answer = await under.call(path, { bearer: token })
  const { devices } = devicesResponseSchema.parse(await answer.json())
  expect(devices.map((device) => device.is_current)).toEqual([false, false])
})
