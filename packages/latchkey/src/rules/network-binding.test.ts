import { expect, it } from 'vitest'
import { networkHasChanged } from './network-binding.ts'

it.each([
  ['192.0.2.7', '192.0.2.200', false],
  ['192.0.2.0/24', '192.0.2.200', false],
  ['192.0.2.7', '192.0.3.7', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['2001:db8:1::1', '2001:db8:2::1', true],
  ['192.0.2.7', '2001:db8::1', true],
  [null, '192.0.2.7', false],
  ['192.0.2.7', null, false],
])('from %s to %s is a change: %s', (atSignIn, now, hasChanged) => {
  expect(networkHasChanged(atSignIn, now)).toBe(hasChanged)
})
