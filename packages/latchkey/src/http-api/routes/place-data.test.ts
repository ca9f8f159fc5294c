import { expect, it } from 'vitest'
import { instantOf } from '../../foundation/time.ts'
import { unknownPlace } from '../../model/place.ts'
import type { PlaceSource } from '../../ports/place-source.ts'
import { apiUnderTest } from '../api-under-test.fake.ts'
import { placeDataSchema } from '../place-data-schema.ts'
import { toManagedSession } from '../user-session.ts'

const path = '/api/v1/security/place-data'

const places: PlaceSource = {
  name: 'example',
  level: 'city',
  data: () => [
    {
      name: 'Example places',
      licence: 'CC-BY-4.0',
      attribution: 'Places by Example',
      url: 'https://example.com/places',
      builtAt: instantOf(Date.UTC(2025, 10, 1)),
    },
    { name: 'Own networks', licence: 'CC0-1.0', attribution: null, url: null, builtAt: null },
  ],
  locate: () => ({
    ...unknownPlace,
    country: 'NO',
    city: 'Oslo',
    latitude: 59.9,
    longitude: 10.7,
    network: { asn: 64_496, name: 'Example Broadband', kind: 'isp' },
  }),
}

it('says what places come from, and what is due to those who made it', async () => {
  const under = await apiUnderTest({ sessionsOptions: { places } })
  const { token } = await under.signIn('ann')
  const answer = await under.call(path, { cookie: token })
  expect(placeDataSchema.parse(await answer.json())).toEqual({
    level: 'city',
    sources: [
      {
        name: 'Example places',
        licence: 'CC-BY-4.0',
        attribution: 'Places by Example',
        url: 'https://example.com/places',
        built_at: '2025-11-01T00:00:00.000Z',
      },
      { name: 'Own networks', licence: 'CC0-1.0', attribution: null, url: null, built_at: null },
    ],
  })
  expect((await under.call(path)).status).toBe(401)
})

it('says that nobody is located where nobody is', async () => {
  const under = await apiUnderTest()
  const { token } = await under.signIn('ann')
  const answer = await under.call(path, { cookie: token })
  expect(await answer.json()).toEqual({ level: 'off', sources: [] })
})

it('a user sees the place of a session in words; an administrator also country and network, nobody coordinates', async () => {
  const under = await apiUnderTest({ sessionsOptions: { places } })
  const { session, token } = await under.signIn('ann', { ipAddress: '203.0.113.7' })
  const text = await (await under.call('/api/v1/security/sessions/current', { cookie: token })).text()
  expect(JSON.parse(text)).toMatchObject({ device_info: { location: 'Oslo, Norway' } })
  expect(text).not.toMatch(/59\.9|64496|Broadband/)
  const managed = toManagedSession(session, null, null)
  expect(managed).toMatchObject({
    country: 'NO',
    network: { asn: 64_496, name: 'Example Broadband', kind: 'isp' },
  })
  expect(JSON.stringify(managed)).not.toContain('59.9')
  const nowhere = await under.signIn('bob')
  expect(toManagedSession(nowhere.session, null, null)).toMatchObject({ country: null, network: null })
})
