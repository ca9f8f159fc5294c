import { expect, it } from 'vitest'
import { days } from '../foundation/time.ts'
import { unknownDevice } from '../model/device-info.ts'
import { unknownPlace } from '../model/place.ts'
import { InternedValues, mostInterned, type SignInFacts } from './interned-values.ts'

const firefox = { ...unknownDevice, browser: 'Firefox' }

const oslo = {
  ...unknownPlace,
  country: 'NO',
  city: 'Oslo',
  network: { asn: 64_496, name: 'Example', kind: 'isp' as const },
}
const signIn = (...amr: string[]): SignInFacts => ({
  amr,
  lifetime: null,
  idleTimeout: null,
  roles: [],
  deviceTrust: 'untrusted',
  stage: 'complete',
})

it('devices, places and sign-ins of one content are one value, which nobody can change', () => {
  const interned = new InternedValues()
  const device = interned.device({ ...firefox })
  expect(device).toEqual(firefox)
  expect(interned.device({ ...firefox })).toBe(device)
  const place = interned.place({ ...oslo, network: { ...oslo.network } })
  expect(place).toEqual(oslo)
  expect(interned.place(oslo)).toBe(place)
  const kept = interned.signIn(signIn('pwd', 'otp'))
  expect(interned.signIn(signIn('pwd', 'otp'))).toBe(kept)
  expect([device, place, place.network, kept, kept.amr, kept.roles].every(Object.isFrozen)).toBe(true)
})

it('what differs in any field, or where one field ends and the next begins, is another value', () => {
  const interned = new InternedValues()
  const devices = [
    firefox,
    { ...firefox, type: 'desktop' as const },
    { ...firefox, browserVersion: '1' },
    { ...firefox, osVersion: '1' },
    { ...firefox, os: 'Linux' },
    { ...firefox, engine: '1' },
    { ...firefox, brand: '1' },
    { ...firefox, model: '1' },
    { ...firefox, location: 'Oslo' },
  ]
  expect(devices.map((device) => interned.device(device))).toEqual(devices)
  const places = [
    oslo,
    { ...oslo, country: null, region: 'NO' },
    { ...oslo, latitude: 1 },
    { ...oslo, longitude: 1 },
    { ...oslo, accuracyRadius: 1 },
    { ...oslo, network: { ...oslo.network, asn: null } },
    { ...oslo, network: { ...oslo.network, name: null } },
    { ...oslo, network: { ...oslo.network, kind: 'mobile' as const } },
    { ...oslo, network: null },
  ]
  expect(places.map((place) => interned.place(place))).toEqual(places)
  const given = [['a b'], ['a', 'b'], ['a,b'], ['a","b'], []].map((amr) => signIn(...amr))
  const others: SignInFacts[] = [
    { ...signIn(), lifetime: days(1) },
    { ...signIn(), idleTimeout: days(1) },
    { ...signIn(), roles: ['a'] },
    { ...signIn(), deviceTrust: 'trusted' },
    { ...signIn(), stage: 'pending' },
  ]
  const all = [...given, ...others]
  expect(all.map((each) => interned.signIn(each))).toEqual(all)
})

it('what a caller keeps and changes is not what was taken over', () => {
  const interned = new InternedValues()
  const amr = ['pwd']
  const kept = interned.signIn({ ...signIn(), amr })
  amr.push('otp')
  expect(kept.amr).toEqual(['pwd'])
})

it('when there are too many to know, it begins again', () => {
  const interned = new InternedValues()
  const device = interned.device(firefox)
  for (let index = 0; index < mostInterned - 1; index += 1)
    interned.device({ ...firefox, location: `${index}` })
  expect(interned.device({ ...firefox })).toBe(device)
  interned.device({ ...firefox, location: 'one too many' })
  expect(interned.device({ ...firefox })).not.toBe(device)
  expect(interned.device({ ...firefox })).toEqual(device)
})
