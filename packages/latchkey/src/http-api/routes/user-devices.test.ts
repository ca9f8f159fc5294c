import { beforeEach, describe, expect, it } from 'vitest'
import { type ApiUnderTest, apiKey, apiUnderTest, type Call, problemOf } from '../api-under-test.fake.ts'
import { devicesResponseSchema, forgetDeviceResponseSchema, userDeviceSchema } from '../device-schemas.ts'
import { createdSessionResponseSchema } from '../session-schemas.ts'

let under: ApiUnderTest

beforeEach(async () => {
  under = await apiUnderTest()
})

const ask = (path: string, call: Call = {}) => under.call(path, { bearer: apiKey, site: null, ...call })

async function signIn(userId: string, more: object) {
  const answer = await ask('/api/v1/sessions', { json: { user_id: userId, ...more } })
  expect(answer.status).toBe(201)
  return createdSessionResponseSchema.parse(await answer.json())
}

describe('signing in for a browser', () => {
  it('gives a device token to keep, by which it is known the next time', async () => {
    const first = await signIn('ann', { device_tokens: [] })
    const second = await signIn('ann', { device_tokens: [first.device_token] })
    expect(second.device_token).toBe(first.device_token)
    expect(second.session.device_id).toBe(first.session.device_id)
    expect(await under.sessions.getSession(first.session.id)).toMatchObject({ endReason: 'replaced' })
    const bob = await signIn('bob', { device_tokens: [first.device_token] })
    expect(bob.session.device_id).not.toBe(first.session.device_id)
    const both = await signIn('ann', { device_tokens: [bob.device_token, 'garbage', first.device_token] })
    expect(both.session.device_id).toBe(first.session.device_id)
  })

  it.each<[string, object]>([
    ['left out', {}],
    ['null', { device_tokens: null }],
  ])('takes no part in devices where the tokens are %s', async (_, more) => {
    const { session, device_token: token } = await signIn('ann', more)
    expect([session.device_id, token]).toEqual([null, undefined])
    expect(await under.sessions.getDevices('ann')).toEqual([])
  })

  it.each<[string, unknown]>([
    ['device_tokens', 'x'],
    ['device_tokens.0', [7]],
    ['device_tokens.0', ['x'.repeat(201)]],
    ['device_tokens', Array.from({ length: 9 }, () => 'x')],
  ])('names the field %s at fault', async (field, tokens) => {
    const answer = await ask('/api/v1/sessions', { json: { user_id: 'ann', device_tokens: tokens } })
    expect(answer.status).toBe(422)
    expect(await problemOf(answer)).toMatchObject({ field })
  })

  it('is the same session and the same device when it is repeated', async () => {
    const headers = { 'idempotency-key': 'once' }
    const json = { user_id: 'ann', device_tokens: [] }
    const create = async () => (await ask('/api/v1/sessions', { json, headers })).json()
    expect(await create()).toEqual(await create())
    expect(await under.sessions.getDevices('ann')).toHaveLength(1)
  })
})

describe("a user's devices", () => {
  const path = '/api/v1/users/ann/devices'

  it('are listed, named, trusted and forgotten', async () => {
    const { session } = await signIn('ann', { device_tokens: [] })
    const { devices, total_count } = devicesResponseSchema.parse(await (await ask(path)).json())
    expect([devices.map(({ id, is_current }) => [id, is_current]), total_count]).toEqual([
      [[session.device_id, false]],
      1,
    ])
    const one = `${path}/${session.device_id}`
    const changed = await ask(one, { method: 'PATCH', json: { name: 'Till 3', trusted_for_seconds: 60 } })
    expect(userDeviceSchema.parse(await changed.json())).toMatchObject({
      name: 'Till 3',
      trusted_until: '2026-01-01T00:01:00.000Z',
    })
    const gone = await ask(one, { method: 'DELETE' })
    expect(forgetDeviceResponseSchema.parse(await gone.json())).toMatchObject({
      forgotten: true,
      revoked_count: 1,
      current: 'kept',
    })
    expect(await under.sessions.getSession(session.id)).toMatchObject({ endedBy: 'service:key_1' })
    expect(await (await ask(path)).json()).toEqual({ devices: [], total_count: 0 })
  })

  it("are not reached by way of another user's path", async () => {
    const { session } = await signIn('bob', { device_tokens: [] })
    for (const method of ['PATCH', 'DELETE']) {
      const call = method === 'PATCH' ? { method, json: { name: 'Mine' } } : { method }
      expect((await ask(`${path}/${session.device_id}`, call)).status).toBe(404)
    }
    expect((await under.sessions.getDevices('bob'))[0]?.name).toBeNull()
  })

  it('are for those with a key only', async () => {
    const { token } = await under.signIn('ann')
    for (const call of [{}, { cookie: token }, { bearer: token }, { bearer: 'another-key' }]) {
      expect((await under.call(path, call)).status).toBe(401)
    }
    const broken = await ask('/api/v1/users/J%F6rg/devices')
    expect(await problemOf(broken)).toMatchObject({ code: 'invalid-input', field: 'user_id' })
  })
})
