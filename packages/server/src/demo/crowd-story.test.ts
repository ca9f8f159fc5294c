import { before, days, instantOf } from 'latchkey'
import { describe, expect, it } from 'vitest'
import { crowdStory } from './crowd-story.ts'
import { demoPlaceOf } from './demo-place.ts'

const endsAt = instantOf(Date.parse('2026-11-24T12:00:00Z'))
const plan = { seed: '1', sessions: 400, users: 60, days: 30, endsAt }
const story = [...crowdStory(plan)]

describe('the crowd', () => {
  it('is the same for the same plan, and another one for another seed', () => {
    expect([...crowdStory(plan)]).toEqual(story)
    expect([...crowdStory({ ...plan, seed: '2' })]).not.toEqual(story)
  })

  it('signs in as often as it should, evenly, in order and within its days', () => {
    expect(story).toHaveLength(plan.sessions)
    expect(story).toEqual(story.toSorted((a, b) => a.at - b.at))
    expect(story[0]?.at).toBeGreaterThanOrEqual(before(endsAt, days(plan.days)))
    expect(story.at(-1)?.at).toBeLessThan(endsAt)
    const firstHalf = story.filter(({ at }) => at < before(endsAt, days(plan.days / 2)))
    expect(firstHalf).toHaveLength(plan.sessions / 2)
  })

  it('has people who stay themselves: a city, one or two devices, an address at home', () => {
    const users = new Set(story.map(({ user }) => user))
    expect(users.size).toBeGreaterThan(50)
    for (const user of users) {
      const own = story.filter((step) => step.user === user)
      expect(new Set(own.map(({ location }) => location)).size).toBe(1)
      expect(new Set(own.map(({ device }) => device)).size).toBeLessThanOrEqual(2)
      const atHome = own.filter(({ ipAddress }) => demoPlaceOf(ipAddress)?.use === 'home')
      expect(new Set(atHome.map(({ ipAddress }) => ipAddress)).size).toBeLessThanOrEqual(1)
      expect(own.every((step) => demoPlaceOf(step.ipAddress)?.place.name === step.location)).toBe(true)
    }
  })
})
