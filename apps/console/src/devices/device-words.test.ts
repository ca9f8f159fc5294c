import { describe, expect, it } from 'vitest'
import { sampleDevice } from './device-fixture.fake.ts'
import { activeSessionsText, alsoUsedText, fullName, placesText, shownName } from './device-words.ts'

const info = sampleDevice().device_info

function place(location: string | null, sessions: number) {
  return { location, sessions, last_seen: '2026-11-24T04:00:00.000Z' }
}

describe('the name of a device', () => {
  it('is what its user calls it, and what it is where they do not', () => {
    const laptop = sampleDevice({ name: 'Work laptop' })
    expect([shownName(laptop, info), fullName(laptop, info)]).toEqual([
      'Work laptop',
      'Work laptop, Chrome on Windows 11',
    ])
    for (const device of [null, sampleDevice()]) {
      expect([shownName(device, info), fullName(device, info)]).toEqual([
        'Chrome on Windows 11',
        'Chrome on Windows 11',
      ])
    }
  })
})

describe('how often a device was used from a place', () => {
  it.each([
    [4, 'Also used 3 times from Oslo'],
    [3, 'Also used twice from Oslo'],
    [2, 'Also used once from Oslo'],
    [1, null],
  ])('leaves out the session itself: of %i', (sessions, text) => {
    const device = sampleDevice({ places: [place('Bergen, Norway', 9), place('Oslo, Norway', sessions)] })
    expect(alsoUsedText(device, 'Oslo, Norway')).toBe(text)
  })

  it('is not said of a place that is unknown or not on record', () => {
    const device = sampleDevice({ places: [place(null, 9)] })
    expect(alsoUsedText(device, null)).toBeNull()
    expect(alsoUsedText(device, 'Oslo, Norway')).toBeNull()
  })

  it('names three places at most, and one more rather than counting one', () => {
    const places = ['Oslo, Norway', 'Bergen, Norway', 'Singapore', 'Lyon, France', 'Osaka, Japan']
    const used = places.map((name, index) => place(name, index + 1))
    expect(placesText(sampleDevice({ places: used.slice(0, 4) }))).toBe(
      'Used from Oslo once, Bergen twice, Singapore 3 times, Lyon 4 times',
    )
    expect(placesText(sampleDevice({ places: used }))).toBe(
      'Used from Oslo once, Bergen twice, Singapore 3 times and 2 other places',
    )
    expect(placesText(sampleDevice({ places: [place(null, 2)] }))).toBeNull()
  })
})

it('counts the sessions of a device', () => {
  expect([0, 1, 2].map(activeSessionsText)).toEqual(['Signed out', '1 active session', '2 active sessions'])
})
