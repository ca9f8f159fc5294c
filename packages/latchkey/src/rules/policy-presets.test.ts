import { expect, it } from 'vitest'
import { hours, inSeconds, minutes } from '../foundation/time.ts'
import { policyPresetNames, policyPresets } from './policy-presets.ts'

it('each preset has the numbers of its source', () => {
  const numbers = policyPresetNames.map((name) => {
    const { absoluteLifetime, idleTimeout } = policyPresets[name].terms
    const inSecondsOrNone = (value: typeof idleTimeout) => (value == null ? value : inSeconds(value))
    return [name, inSecondsOrNone(absoluteLifetime), inSecondsOrNone(idleTimeout)]
  })
  expect(numbers).toEqual([
    ['nist-aal1', 30 * 86_400, null],
    ['nist-aal2', 86_400, 3_600],
    ['nist-aal3', 12 * 3_600, 900],
    ['pci', undefined, 900],
    ['owasp-high', 8 * 3_600, 300],
  ])
  expect(policyPresets['owasp-high'].terms).toMatchObject({
    absoluteLifetime: hours(8),
    rotationInterval: minutes(15),
    reauthenticationWindow: minutes(15),
  })
})

it('each number says where it comes from', () => {
  for (const name of policyPresetNames) {
    const { terms, sources } = policyPresets[name]
    expect(Object.keys(sources)).toEqual(Object.keys(terms))
  }
})
