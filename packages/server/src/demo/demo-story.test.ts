import { before, days, hours, instantOf, minutes } from 'latchkey'
import { describe, expect, it } from 'vitest'
import { demoPlaceOf } from './demo-place.ts'
import { type DemoStep, userOfStep } from './demo-step.ts'
import { demoStory } from './demo-story.ts'

const endsAt = instantOf(Date.parse('2026-11-24T12:00:00Z'))
const policy = { absoluteLifetime: days(30), idleTimeout: days(7), retention: days(90) }
const plan = { seed: '1', users: 40, days: 60, endsAt, policy }
const story = demoStory(plan)
const signIns = story.filter((step) => step.kind === 'sign-in')

describe('the story of the demonstration', () => {
  it('is the same for the same plan, and another one for another seed', () => {
    expect(demoStory(plan)).toEqual(story)
    expect(demoStory({ ...plan, seed: '2' })).not.toEqual(story)
  })

  it('leaves a user as they are when others are added', () => {
    const ofSeven = (steps: readonly DemoStep[]) => steps.filter((step) => userOfStep(step) === 7)
    expect(ofSeven(demoStory({ ...plan, users: 8 }))).toEqual(ofSeven(story))
  })

  it('goes forward in time, within its days', () => {
    expect(story).toEqual(story.toSorted((a, b) => a.at - b.at))
    expect(story[0]?.at).toBeGreaterThanOrEqual(before(endsAt, days(60)))
    expect(story.at(-1)?.at).toBeLessThanOrEqual(endsAt)
  })

  it('has everything happen that can happen', () => {
    const kinds = new Set(story.map((step) => step.kind))
    expect([...kinds].sort()).toEqual(
      [
        ...['sign-in', 'use', 'sign-out', 'end-one', 'end-others', 'end-all', 'clean-up'],
        ...['name-device', 'trust-device', 'look-at-device'],
      ].sort(),
    )
    expect(signIns.some((step) => step.replaces !== null)).toBe(true)
    expect(signIns.some((step) => step.expiresInDays !== null)).toBe(true)
  })

  it('uses a session only after its sign-in, and signs in to each once', () => {
    const known = new Set<string>()
    for (const step of story) {
      if (step.kind === 'sign-in') {
        expect(known.has(step.session)).toBe(false)
        known.add(step.session)
      } else if ('session' in step) expect(known.has(step.session)).toBe(true)
    }
  })

  it('has one session at a time in a browser, and attends to it after its first sign-in', () => {
    const current = new Map<string, string>()
    for (const step of story) {
      if (step.kind === 'sign-in') {
        if (step.replaces !== null) expect(current.get(step.device)).toBe(step.replaces)
        current.set(step.device, step.session)
      } else if ('device' in step) expect(current.has(step.device)).toBe(true)
    }
  })

  it('clears the cookies of a browser that was looked at before, and looks at what comes after it', () => {
    const looks = story.filter((step) => step.kind === 'look-at-device')
    const bySound = Map.groupBy(looks, (step) => step.components['audio'])
    const cleared = [...bySound.values()].filter((same) => same.length > 1)
    expect(cleared.length).toBeGreaterThan(0)
    for (const [first, later] of cleared) {
      expect(first?.device.split('/')[0]).toBe(later?.device.split('/')[0])
      expect(first?.device).not.toBe(later?.device)
      expect(first?.components['canvas']).not.toBe(later?.components['canvas'])
    }
  })

  it('tells from each address where it is', () => {
    for (const { ipAddress, location } of signIns) {
      expect(demoPlaceOf(ipAddress)?.place.name).toBe(location)
    }
    expect(demoPlaceOf('192.0.2.255')).toBeNull()
    expect(demoPlaceOf('2001:db8:110::1')).toBeNull()
    expect(demoPlaceOf('198.18.0.1')).toBeNull()
  })

  it('has addresses of documentation ranges only', () => {
    for (const { ipAddress } of signIns) {
      expect(ipAddress).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^2001:db8:/)
    }
  })

  it('is busier on a workday than on a Sunday, and by day than at night', () => {
    const inOslo = signIns.filter((step) => step.location === 'Oslo, Norway')
    const onDay = (day: number) => inOslo.filter((step) => new Date(step.at).getUTCDay() === day).length
    expect(onDay(2)).toBeGreaterThan(onDay(0))
    const atNight = inOslo.filter((step) => new Date(step.at + hours(1)).getUTCHours() < 6).length
    expect(atNight).toBeLessThan(inOslo.length / 50)
  })

  it('ends now: several people were there within the last half hour', () => {
    const recent = story.filter((step) => step.kind !== 'clean-up' && step.at > before(endsAt, minutes(30)))
    expect(new Set(recent.map(userOfStep)).size).toBeGreaterThan(2)
  })

  it('lets a returning user sign in again under a short idle timeout', () => {
    const strict = demoStory({ ...plan, policy: { ...policy, idleTimeout: hours(1) } })
    expect(strict.filter((step) => step.kind === 'sign-in').length).toBeGreaterThan(signIns.length * 1.5)
  })
})
