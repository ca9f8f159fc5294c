import { describe, expect, it } from 'vitest'
import { formatPlainSearch, parsePlainSearch } from '../plain-search.ts'
import { changeFilters, isFiltered, parseSessionFilters, toQuery } from './session-filters.ts'

describe('filters in the URL', () => {
  it('come back as they went', () => {
    const filters = parseSessionFilters({
      search: 'ada@example.com',
      user_id: '42',
      device_type: 'mobile',
      state: 'ended',
      ip_address: '2001:db8::1',
      cursor: 'abc',
    })
    expect(parseSessionFilters(parsePlainSearch(formatPlainSearch({ ...filters })))).toEqual(filters)
  })

  it('ignore what is unknown, empty or of another kind', () => {
    expect(
      parseSessionFilters({ search: '  ', state: 'sleeping', device_type: 'toaster', user_id: 7, more: 'x' }),
    ).toEqual({})
    expect(parseSessionFilters({ device_type: 'constructor' })).toEqual({})
  })

  it('are cut to what the API takes', () => {
    expect(parseSessionFilters({ ip_address: '1'.repeat(100) }).ip_address).toHaveLength(64)
  })
})

it('a change of filters begins at the first page', () => {
  expect(changeFilters({ cursor: 'abc', state: 'live' }, { search: 'ada' })).toEqual({
    search: 'ada',
    state: 'live',
  })
})

it('a filter that is emptied goes away', () => {
  expect(changeFilters({ state: 'live', search: 'ada' }, { state: '' })).toEqual({ search: 'ada' })
})

it('asks the API for a page of fifty with the same names', () => {
  expect(toQuery({ state: 'live', cursor: 'abc' }).toString()).toBe('state=live&cursor=abc&limit=50')
})

it('a later page alone is no filter', () => {
  expect(isFiltered({ cursor: 'abc' })).toBe(false)
  expect(isFiltered({ state: 'live' })).toBe(true)
})
