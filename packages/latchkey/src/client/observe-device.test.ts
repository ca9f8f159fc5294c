import { describe, expect, it } from 'vitest'
import type { FingerprintRequest, FingerprintStateResponse } from '../http-api/wire-types.ts'
import { device } from './live-devices.fake.ts'
import { network } from './live-list.fake.ts'
import { type ObservationOptions, observeDevice } from './observe-device.ts'

const now = Date.parse('2026-01-20T12:00:00.000Z')

type Step = 'asked' | 'idle' | 'loaded' | 'consent' | 'sent'

/** A server in some mode and a page, with what was done in its order. */
function setting(state: Partial<FingerprintStateResponse>, seen: object = { time_zone: 'Europe/Oslo' }) {
  const steps: Step[] = []
  const sent: FingerprintRequest[] = []
  const activities: unknown[] = []
  const service = {
    async getFingerprintState(options?: { activity?: unknown }) {
      steps.push('asked')
      activities.push(options?.activity)
      return { mode: 'on' as const, taken_at: null, ...state }
    },
    async sendFingerprint(request: FingerprintRequest, options?: { activity?: unknown }) {
      steps.push('sent')
      activities.push(options?.activity)
      sent.push(request)
      return device('dev_a')
    },
  }
  const surroundings = {
    now: () => now,
    async idle() {
      steps.push('idle')
    },
    async load() {
      steps.push('loaded')
      return async () => seen
    },
  }
  const observe = (consent?: ObservationOptions['consent']) =>
    observeDevice(service, { surroundings, ...(consent !== undefined && { consent }) })
  return { steps, sent, activities, service, surroundings, observe }
}

describe('a look at the browser', () => {
  it('waits for an idle moment, loads what looks, and sends what was seen without keeping the session alive', async () => {
    const { observe, steps, sent, activities } = setting({ mode: 'on' })
    expect(await observe()).toBe('sent')
    expect(steps).toEqual(['asked', 'idle', 'loaded', 'sent'])
    expect(sent).toEqual([{ components: { time_zone: 'Europe/Oslo' } }])
    expect(activities).toEqual(['background', 'background'])
  })

  it.each(['off', 'something newer'])('loads nothing where the mode is %s', async (mode) => {
    const { observe, steps } = setting({ mode: mode as 'off' })
    expect(await observe(true)).toBe('off')
    expect(steps).toEqual(['asked'])
  })

  it.each([
    ['a minute', '2026-01-20T11:59:00.000Z', 'recent'],
    ['six days', '2026-01-14T12:00:00.000Z', 'recent'],
    ['seven days', '2026-01-13T12:00:00.000Z', 'sent'],
    ['a minute less, by a clock that is behind', '2026-01-20T12:01:00.000Z', 'recent'],
    ['a year less, by a clock that is wrong', '2027-01-20T12:00:00.000Z', 'sent'],
  ])('after %s is %s: %s', async (_name, takenAt, outcome) => {
    const { observe } = setting({ mode: 'on', taken_at: takenAt })
    expect(await observe()).toBe(outcome)
  })

  it('sends nothing where nothing was to be seen', async () => {
    const { observe, steps } = setting({ mode: 'on' }, {})
    expect(await observe()).toBe('failed')
    expect(steps).not.toContain('sent')
  })
})

describe('consent', () => {
  it.each<[string, ObservationOptions['consent']]>([
    ['was not asked for', undefined],
    ['was refused', false],
    ['is refused when asked', () => false],
    ['is refused after a while', async () => false],
  ])('that %s means that nothing is loaded', async (_name, consent) => {
    const { observe, steps } = setting({ mode: 'consent' })
    expect(await observe(consent)).toBe('no-consent')
    expect(steps).toEqual(['asked'])
  })

  it.each<[string, ObservationOptions['consent']]>([
    ['was given', true],
    ['is given when asked', async () => true],
  ])('that %s is told to the server', async (_name, consent) => {
    const { observe, sent } = setting({ mode: 'consent' })
    expect(await observe(consent)).toBe('sent')
    expect(sent).toEqual([{ components: { time_zone: 'Europe/Oslo' }, consent: true }])
  })

  it.each<Partial<FingerprintStateResponse>>([
    { mode: 'off' },
    { mode: 'on' },
    { mode: 'consent', taken_at: '2026-01-19T12:00:00.000Z' },
  ])('is asked for only where it is needed and a look is due: not at %o', async (state) => {
    let asked = 0
    const consent = () => {
      asked += 1
      return true
    }
    await setting(state).observe(consent)
    expect(asked).toBe(0)
  })

  it('is not claimed where none was needed', async () => {
    const { observe, sent } = setting({ mode: 'on' })
    await observe(true)
    expect(sent[0]).not.toHaveProperty('consent')
  })
})

describe('a failure', () => {
  it.each(['getFingerprintState', 'sendFingerprint'] as const)('of %s rejects nothing', async (call) => {
    const { service, surroundings } = setting({ mode: 'on' })
    const failing = { ...service, [call]: () => Promise.reject(network) }
    expect(await observeDevice(failing, { surroundings })).toBe('failed')
  })

  it('to load what looks, or of the page that is asked for consent, rejects nothing', async () => {
    const { service, surroundings } = setting({ mode: 'consent' })
    const load = () => Promise.reject(new Error('blocked'))
    expect(await observeDevice(service, { surroundings: { ...surroundings, load }, consent: true })).toBe(
      'failed',
    )
    const consent = () => {
      throw new Error('no dialog')
    }
    expect(await observeDevice(service, { surroundings, consent })).toBe('failed')
  })
})
