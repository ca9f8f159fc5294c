import { expect, it } from 'vitest'
import { isDeviceId, newDeviceId, shardOfDevice } from './device.ts'
import { newSessionId, shardOfUser } from './session-token.ts'

it('a device id has the shard of its user, and is another one each time', () => {
  for (const userId of ['42', 'ada@example.com', '日本']) {
    const id = newDeviceId(userId)
    expect(isDeviceId(id)).toBe(true)
    expect(shardOfDevice(id)).toBe(shardOfUser(userId))
    expect(newDeviceId(userId)).not.toBe(id)
  }
})

it.each([
  undefined,
  null,
  7,
  {},
  '',
  'dev_',
  newSessionId('42'),
  `${newDeviceId('42')} `,
  'dev_'.padEnd(28, '1'),
])('%j is no device id', (value) => {
  expect(isDeviceId(value)).toBe(false)
})
