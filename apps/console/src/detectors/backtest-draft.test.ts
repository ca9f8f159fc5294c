import { expect, it } from 'vitest'
import { changesOf, draftOf, questionOf, responsesText } from './backtest-draft.ts'
import { sampleDetector } from './detector-fixture.fake.ts'

const detectors = [
  sampleDetector(),
  sampleDetector({ name: 'odd-hour', mode: 'enforce', response: 'notify' }),
]

it('a draft begins as things are, which is no change', () => {
  expect(changesOf(detectors, draftOf(detectors))).toEqual([])
})

it('a mode that is another one is a change, and so is the response of one that enforces', () => {
  const draft = {
    'impossible-travel': { mode: 'enforce', response: 'end-session' },
    'odd-hour': { mode: 'enforce', response: 'require-reauthentication' },
  } as const
  expect(changesOf(detectors, draft).map(([name]) => name)).toEqual(['impossible-travel', 'odd-hour'])
})

it('the response of one that only observes is none', () => {
  const draft = {
    ...draftOf(detectors),
    'impossible-travel': { mode: 'observe', response: 'end-session' } as const,
  }
  expect(changesOf(detectors, draft)).toEqual([])
})

it('asks about the days until now', () => {
  const now = Date.parse('2026-11-28T12:00:00.000Z')
  expect(questionOf(draftOf(detectors), 7, now)).toMatchObject({
    from: '2026-11-21T12:00:00.000Z',
    to: '2026-11-28T12:00:00.000Z',
  })
})

it('says what would have happened, the strictest first', () => {
  const none = { notify: 0, 'require-reauthentication': 0, 'end-session': 0 }
  expect(responsesText(none, String)).toBeNull()
  expect(responsesText({ ...none, 'require-reauthentication': 14 }, String)).toBe(
    '14 would have been challenged',
  )
  expect(responsesText({ notify: 3, 'require-reauthentication': 14, 'end-session': 2 }, String)).toBe(
    '2 would have been ended, 14 challenged, 3 reported',
  )
})
