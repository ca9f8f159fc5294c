import { expect, it } from 'vitest'
import { hours } from '../../foundation/time.ts'
import type { Fingerprinting } from '../../rules/session-policy.ts'
import { apiUnderTest, problemOf } from '../api-under-test.fake.ts'
import { userDeviceSchema } from '../device-schemas.ts'
import { fingerprintStateSchema } from '../fingerprint-schemas.ts'

const path = '/api/v1/security/fingerprint'
const components = {
  canvas: 'canary of a canvas',
  fonts: 'Arial,Verdana',
  screen: '1920x1080x24',
  time_zone: 'Europe/Oslo',
}

async function underMode(fingerprinting: Fingerprinting) {
  const under = await apiUnderTest({ sessionsOptions: { fingerprinting } })
  const { token, device } = await under.signIn('ann', { deviceTokens: [] })
  const send = (json: unknown, cookie = token, more = {}) => under.call(path, { cookie, json, ...more })
  const state = async (cookie = token) =>
    fingerprintStateSchema.parse(await (await under.call(path, { cookie })).json())
  return { under, token, device, send, state }
}

it('where browsers are not looked at, a page is told so and nothing is taken', async () => {
  const { under, send, state } = await underMode('off')
  expect(await state()).toEqual({ mode: 'off', taken_at: null })
  expect((await send({ components, consent: true })).status).toBe(404)
  expect((await under.sessions.getDevices('ann'))[0]?.fingerprintedAt).toBeNull()
})

it('where it is on, hashes are kept with the device of the session, and the answer shows none', async () => {
  const { device, send, state } = await underMode('on')
  const answer = await send({ components })
  expect(answer.status).toBe(200)
  const text = await answer.text()
  expect(userDeviceSchema.parse(JSON.parse(text))).toMatchObject({ id: device?.id, is_current: true })
  expect(text).not.toContain('canary')
  expect(await state()).toEqual({ mode: 'on', taken_at: '2026-01-01T00:00:00.000Z' })
})

it('where the user has to agree, nothing is taken before they have', async () => {
  const { send, state } = await underMode('consent')
  for (const consent of [{}, { consent: false }]) {
    const answer = await send({ components, ...consent })
    expect(answer.status).toBe(422)
    expect(await problemOf(answer)).toMatchObject({ code: 'invalid-input', field: 'consent' })
  }
  expect((await state()).taken_at).toBeNull()
  expect((await send({ components, consent: true })).status).toBe(200)
  expect((await state()).taken_at).not.toBeNull()
})

it('a browser that lost its cookie is a new device that says which it resembles', async () => {
  const { under, device, send } = await underMode('on')
  await send({ components })
  const second = await under.signIn('ann', { deviceTokens: [] })
  const answer = userDeviceSchema.parse(await (await send({ components }, second.token)).json())
  expect(answer).toMatchObject({ id: second.device?.id, resembles: { device_id: device?.id } })
  expect(answer.resembles?.confidence).toBeGreaterThan(0.5)
})

it('a session on no device has nowhere to keep it', async () => {
  const { under, send, state } = await underMode('on')
  const { token } = await under.signIn('ann')
  expect((await send({ components }, token)).status).toBe(404)
  expect(await state(token)).toEqual({ mode: 'on', taken_at: null })
})

it('a device that was forgotten has nowhere to keep it', async () => {
  const { under, token, device } = await underMode('on')
  const away = { ...under.sessions, getDevice: async () => null }
  const other = await apiUnderTest({ sessions: away })
  expect(device).not.toBeNull()
  expect((await other.call(path, { cookie: token, json: { components } })).status).toBe(404)
})

it('looking does not count as a use of the session', async () => {
  const { under, send, state } = await underMode('on')
  under.pass(hours(1))
  await send({ components })
  await state()
  expect((await under.sessions.getActiveSessionsByUser('ann'))[0]?.lastAccessedAt).toBeNull()
})

it('may not be sent by another site', async () => {
  const { send, state } = await underMode('on')
  expect((await send({ components }, undefined, { site: 'cross-site' })).status).toBe(403)
  expect((await state()).taken_at).toBeNull()
})

it.each<[string, unknown, number]>([
  ['components', {}, 422],
  ['components', { components: {} }, 422],
  ['components', { components: 'x' }, 422],
  ['components.canvas', { components: { canvas: 7 } }, 422],
  ['components.canvas', { components: { canvas: '' } }, 422],
  ['components.fonts', { components: { fonts: 'x'.repeat(10_001) } }, 422],
  ['components.audio', { components: { audio: 'a\u0000' } }, 422],
  ['consent', { components, consent: 'yes' }, 422],
])('names the field %s at fault', async (field, json, status) => {
  const { send } = await underMode('on')
  const answer = await send(json)
  expect(answer.status).toBe(status)
  expect(await problemOf(answer)).toMatchObject({ field })
})

it('is no longer than any other body', async () => {
  const { send } = await underMode('on')
  const long = 'x'.repeat(10_000)
  const names = ['canvas', 'audio', 'webgl', 'fonts', 'screen', 'time_zone', 'languages']
  const all = Object.fromEntries(names.map((name) => [name, long]))
  expect((await send({ components: all })).status).toBe(413)
  expect((await send({ components: { fonts: long } })).status).toBe(200)
})
