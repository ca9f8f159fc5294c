import { describe, expect, it } from 'vitest'
import { formatPlainSearch, parsePlainSearch } from '../plain-search.ts'
import { exportPath, liveAmong, parseSessionFilters, toQuery } from './session-filters.ts'

describe('the filter in the URL', () => {
  it('comes back as it went', () => {
    const filters = parseSessionFilters({ filter: 'browser:"Mobile Safari" country:NO,SE', cursor: 'abc' })
    expect(parseSessionFilters(parsePlainSearch(formatPlainSearch({ ...filters })))).toEqual(filters)
  })

  it('is absent where it says nothing', () => {
    expect(parseSessionFilters({ filter: '  ', cursor: '', more: 'x' })).toEqual({})
    expect(parseSessionFilters({ filter: 7 })).toEqual({})
  })

  it('is cut to what the API takes', () => {
    expect(parseSessionFilters({ filter: 'a'.repeat(5_000) }).filter).toHaveLength(4_000)
  })

  it('takes in what links of earlier versions say', () => {
    const search = {
      search: 'ada@example.com',
      user_id: '42',
      device_type: 'mobile',
      ip_address: '2001:db8::1',
    }
    expect(parseSessionFilters(search)).toEqual({
      filter: 'user:42 type:mobile ip:2001:db8::1 ada@example.com',
    })
    expect(parseSessionFilters({ search: '2001:db8::1' })).toEqual({ filter: '"2001:db8::1"' })
    // The router hands in what was made of them again, beside them.
    expect(parseSessionFilters({ ...search, ...parseSessionFilters(search) })).toEqual(
      parseSessionFilters(search),
    )
  })
})

it('asks the API for a page of fifty with the same names', () => {
  expect(toQuery({ filter: 'state:live', cursor: 'abc' }).toString()).toBe(
    'filter=state%3Alive&cursor=abc&limit=50',
  )
})

it('knows the live ones among those of a filter', () => {
  expect(liveAmong('')).toBe('state:live')
  expect(liveAmong('country:NO')).toBe('country:NO state:live')
  expect(liveAmong('state:live country:NO')).toBe('state:live country:NO')
  expect(liveAmong('state:ended')).toBeNull()
})

it('a file has the same filter', () => {
  expect(exportPath('type:mobile', 'csv')).toBe(
    '/api/v1/admin/sessions/export?filter=type%3Amobile&format=csv',
  )
  expect(exportPath('', 'json')).toBe('/api/v1/admin/sessions/export?format=json')
})
