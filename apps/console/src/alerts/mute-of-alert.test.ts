import { expect, it } from 'vitest'
import { sampleAlert } from './alert-fixture.fake.ts'
import { muteOf, networkOf, scopesOf } from './mute-of-alert.ts'

const now = Date.parse('2026-11-28T12:00:00.000Z')
const plain = { detectors: 'this', days: '7', note: ' ' } as const

it('can be about what the alert names, and about the whole rule', () => {
  expect(scopesOf(sampleAlert())).toEqual(['device', 'user', 'everybody'])
  expect(scopesOf(sampleAlert({ evidence: { network: 64500 } }))).toContain('network')
  expect(scopesOf(sampleAlert({ device_id: null, user_id: null }))).toEqual(['everybody'])
})

it('a place is no network', () => {
  expect(networkOf(sampleAlert())).toBeNull()
  expect(networkOf(sampleAlert({ evidence: { from: 64500, to: 64501 } }))).toBe(64501)
})

it('names what was chosen and nothing else, until then', () => {
  expect(muteOf(sampleAlert(), { ...plain, scope: 'user' }, now)).toEqual({
    detector: 'impossible-travel',
    user_id: 'usr_1',
    device_id: null,
    network: null,
    until: '2026-12-05T12:00:00.000Z',
    note: null,
  })
  expect(muteOf(sampleAlert(), { ...plain, scope: 'device', days: '' }, now)).toMatchObject({
    device_id: 'dev_1',
    user_id: null,
    until: null,
  })
})

it('is never about everything', () => {
  const mute = muteOf(sampleAlert(), { ...plain, scope: 'everybody', detectors: 'all' }, now)
  expect(mute.detector).toBe('impossible-travel')
  expect(muteOf(sampleAlert(), { ...plain, scope: 'user', detectors: 'all' }, now).detector).toBeNull()
})
