import { expect, it } from 'vitest'
import { unknownDevice } from '../model/device-info.ts'
import { InternedValues, mostInterned } from './interned-values.ts'

const firefox = { ...unknownDevice, browser: 'Firefox' }

it('devices and methods of one content are one value, which nobody can change', () => {
  const interned = new InternedValues()
  const device = interned.device({ ...firefox })
  expect(device).toEqual(firefox)
  expect(interned.device({ ...firefox })).toBe(device)
  expect(interned.methods(['pwd', 'otp'])).toBe(interned.methods(['pwd', 'otp']))
  expect([device, interned.methods(['pwd'])].every(Object.isFrozen)).toBe(true)
})

it('what differs in any field, or where one field ends and the next begins, is another value', () => {
  const interned = new InternedValues()
  const devices = [
    firefox,
    { ...firefox, type: 'desktop' as const },
    { ...firefox, browserVersion: '1' },
    { ...firefox, osVersion: '1' },
    { ...firefox, os: 'Linux' },
    { ...firefox, location: 'Oslo' },
  ]
  expect(devices.map((device) => interned.device(device))).toEqual(devices)
  const methods = [['a b'], ['a', 'b'], ['a,b'], ['a","b'], []]
  expect(methods.map((each) => interned.methods(each))).toEqual(methods)
})

it('what a caller keeps and changes is not what was taken over', () => {
  const interned = new InternedValues()
  const amr = ['pwd']
  const kept = interned.methods(amr)
  amr.push('otp')
  expect(kept).toEqual(['pwd'])
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
