import { expect, it } from 'vitest'
import { type DeviceInfo, unknownDevice } from '../model/device-info.ts'
import { deviceInWords } from './device-in-words.ts'

it.each<[Partial<DeviceInfo>, string | null]>([
  [{ browser: 'Chrome', os: 'Windows' }, 'Chrome on Windows'],
  [{ browser: 'Safari', os: 'iOS', model: 'iPhone' }, 'Safari on iPhone'],
  [{ browser: 'curl' }, 'curl'],
  [{ os: 'Linux' }, 'Linux'],
  [{}, null],
])('%o is %s', (known, words) => {
  expect(deviceInWords({ ...unknownDevice, ...known })).toBe(words)
})
