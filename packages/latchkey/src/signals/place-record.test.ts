import { expect, it } from 'vitest'
import { readPlaceRecord } from './place-record.ts'

const oslo = { country: 'NO', region: 'Oslo', city: 'Oslo', latitude: 59.9127, longitude: 10.7461 }

it.each([
  [
    'MaxMind',
    {
      city: { geoname_id: 1, names: { de: 'Oslo (de)', en: 'Oslo' } },
      country: { iso_code: 'NO', names: { en: 'Norway' } },
      registered_country: { iso_code: 'SE' },
      location: { latitude: 59.9127, longitude: 10.7461, accuracy_radius: 20, time_zone: 'Europe/Oslo' },
      subdivisions: [{ iso_code: '03', names: { en: 'Oslo' } }, { names: { en: 'Narrower' } }],
    },
    { ...oslo, accuracyRadius: 20 },
  ],
  [
    'ip-location-db',
    {
      city: 'Oslo (Sentrum)',
      country_code: 'NO',
      latitude: 59.912_700_653,
      longitude: 10.746_100_425,
      postcode: '',
      state1: 'Oslo',
      state2: '',
      timezone: '',
    },
    { ...oslo, accuracyRadius: null },
  ],
  [
    'IPinfo',
    {
      city: 'Oslo',
      region: 'Oslo',
      country: 'Norway',
      country_code: 'NO',
      lat: '1',
      latitude: '59.9127',
      longitude: '10.7461',
      asn: 'AS64496',
      as_name: 'Example',
    },
    { ...oslo, asn: 64_496, networkName: 'Example' },
  ],
  ['a country alone', { country_code: 'NO' }, { country: 'NO', region: null, city: null, latitude: null }],
  [
    'a network alone',
    { autonomous_system_number: 64_496, autonomous_system_organization: 'Example' },
    { country: null, asn: 64_496, networkName: 'Example' },
  ],
])('the layout of %s is read', (_, record, facts) => {
  expect(readPlaceRecord(record)).toMatchObject(facts)
})

it('coordinates of the middle of a country are none', () => {
  const coordinates = { latitude: 62, longitude: 10 }
  expect(readPlaceRecord({ country_code: 'NO', ...coordinates })).toMatchObject({
    latitude: null,
    longitude: null,
  })
  const withRadius = { country: { iso_code: 'NO' }, location: { ...coordinates, accuracy_radius: 500 } }
  expect(readPlaceRecord(withRadius)).toMatchObject({ ...coordinates, accuracyRadius: 500 })
})

it.each([
  [{ city: 'Oslo', latitude: 0, longitude: 0 }],
  [{ city: 'Oslo', latitude: 91, longitude: 0.5 }],
  [{ city: 'Oslo', latitude: Number.NaN, longitude: 10 }],
  [{ city: 'Oslo', latitude: '', longitude: '' }],
])('coordinates that cannot be are none: %j', (record) => {
  expect(readPlaceRecord(record)).toMatchObject({ city: 'Oslo', latitude: null, longitude: null })
})

it.each(['XX', 'ZZ', 'EU', 'no', 'NOR', '', 4, null])('%j is no country', (code) => {
  expect(readPlaceRecord({ country_code: code }).country).toBeNull()
})

it.each([
  null,
  undefined,
  5,
  'text',
  [],
  {},
  { country: [], city: 7, location: 'x', subdivisions: {}, traits: null },
])('of %j nothing is known', (record) => {
  expect(Object.values(readPlaceRecord(record)).every((value) => value === null)).toBe(true)
})
