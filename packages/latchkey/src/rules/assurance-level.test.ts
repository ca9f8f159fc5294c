import { expect, it } from 'vitest'
import { assuranceLevel } from './assurance-level.ts'

it.each([
  [[], null],
  [['pwd'], 'aal1'],
  [['pwd', 'pwd'], 'aal1'],
  [['otp', 'otp'], 'aal1'],
  [['pwd', 'pin'], 'aal1'],
  [['otp', 'sms'], 'aal1'],
  [['otp', 'hwk'], 'aal1'],
  [['hwk'], 'aal1'],
  [['sc'], 'aal1'],
  [['fpt'], 'aal1'],
  [['pwd', 'fpt'], 'aal1'],
  [['pwd', 'kba'], 'aal1'],
  [['pwd', 'geo', 'rba', 'user', 'mca', 'wia'], 'aal1'],
  [['something else', 'toString', '__proto__'], 'aal1'],
  [['mfa'], 'aal2'],
  [['pwd', 'mfa'], 'aal2'],
  [['pwd', 'otp'], 'aal2'],
  [['otp', 'pwd', 'otp'], 'aal2'],
  [['pwd', 'sms'], 'aal2'],
  [['pin', 'swk'], 'aal2'],
  [['face', 'swk'], 'aal2'],
  [['pwd', 'pop'], 'aal2'],
  [['pwd', 'otp', 'fpt'], 'aal2'],
  [['hwk', 'mfa'], 'aal2'],
  [['pwd', 'hwk'], 'aal3'],
  [['pin', 'sc'], 'aal3'],
  [['fpt', 'pop', 'hwk'], 'aal3'],
] as const)('%j is %s', (amr, level) => {
  expect(assuranceLevel(amr)).toBe(level)
})
