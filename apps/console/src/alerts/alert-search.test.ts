import { describe, expect, it } from 'vitest'
import { sampleAlert } from './alert-fixture.fake.ts'
import {
  changeAlertSearch,
  inOrder,
  isNarrowed,
  neighbourOf,
  parseAlertSearch,
  toAlertQuery,
} from './alert-search.ts'

describe('the search in the URL', () => {
  it('ignores what is unknown, empty or of another kind', () => {
    expect(
      parseAlertSearch({ state: 'open', severity: 'dire', detector: ' ', user_id: 7, more: 'x' }),
    ).toEqual({})
    expect(parseAlertSearch({ state: 'resolved', severity: 'low', alert: 'alr_1' })).toEqual({
      state: 'resolved',
      severity: 'low',
      alert: 'alr_1',
    })
  })

  it('begins at the first page, with none open, when it is changed', () => {
    expect(
      changeAlertSearch({ cursor: 'c', alert: 'a', detector: 'd' }, { detector: '', user_id: 'u' }),
    ).toEqual({
      user_id: 'u',
    })
  })

  it('is about open ones that ask somebody to act, unless it says otherwise', () => {
    const query = toAlertQuery({})
    expect(query.getAll('state')).toEqual(['open'])
    expect(query.getAll('severity')).toEqual(['critical', 'high', 'medium', 'low'])
    expect(toAlertQuery({ severity: 'info' }).getAll('severity')).toEqual(['info'])
  })

  it('is about one’s own, or those that nobody looks after, where that is asked', () => {
    expect(parseAlertSearch({ assignee: 'nobody' })).toEqual({ assignee: 'nobody' })
    expect(parseAlertSearch({ assignee: 'usr_1' })).toEqual({})
    expect(toAlertQuery({ assignee: 'nobody' }).get('assignee')).toBe('')
    expect(toAlertQuery({ assignee: 'me' }).get('assignee')).toBe('me')
    expect([toAlertQuery({}).has('assignee'), isNarrowed({ assignee: 'me' })]).toEqual([false, true])
  })

  it('a state or a page is no filter', () => {
    expect(isNarrowed({ state: 'resolved', cursor: 'c', alert: 'a' })).toBe(false)
    expect(isNarrowed({ user_id: 'u' })).toBe(true)
  })
})

const low = sampleAlert({ id: 'low', severity: 'low', last_at: '2026-11-28T12:00:00.000Z' })
const early = sampleAlert({ id: 'early', severity: 'high', last_at: '2026-11-28T10:00:00.000Z' })
const late = sampleAlert({ id: 'late', severity: 'high', last_at: '2026-11-28T11:00:00.000Z' })
const ids = (alerts: readonly { id: string }[]): string[] => alerts.map(({ id }) => id)

it('what matters most comes first, and what is over by time', () => {
  expect(ids(inOrder([low, early, late], 'open'))).toEqual(['late', 'early', 'low'])
  expect(ids(inOrder([low, early, late], 'resolved'))).toEqual(['low', 'late', 'early'])
})

it('the next one takes the place of one that goes, and the one before that of the last', () => {
  expect(neighbourOf([low, early, late], 'early')).toBe('late')
  expect(neighbourOf([low, early, late], 'late')).toBe('early')
  expect(neighbourOf([low], 'low')).toBeNull()
  expect(neighbourOf([low], 'gone')).toBe('low')
})
