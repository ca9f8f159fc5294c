import { expect, it } from 'vitest'
import { formatPlainSearch, parsePlainSearch } from './plain-search.ts'

it('writes values as plain text and leaves out what is empty', () => {
  expect(formatPlainSearch({ search: '192.0.2.1', state: '', cursor: undefined })).toBe('?search=192.0.2.1')
  expect(formatPlainSearch({})).toBe('')
})

it('reads back what it wrote, digits and ampersands included', () => {
  const values = { search: '42', user_id: 'a&b=c', from: '/admin/sessions?state=live' }
  expect(parsePlainSearch(formatPlainSearch(values))).toEqual(values)
})
