import { expect, it } from 'vitest'
import { changedFields } from './changed-fields.ts'

it('puts before and after side by side, field by field', () => {
  const entry = { before: { name: 'Desk', trusted: null }, after: { name: 'Studio', by: ['a'] } }
  expect(changedFields(entry)).toEqual([
    { name: 'name', before: 'Desk', after: 'Studio' },
    { name: 'trusted', before: 'null', after: '—' },
    { name: 'by', before: '—', after: '["a"]' },
  ])
})

it('has nothing to show where nothing is said', () => {
  expect(changedFields({ before: null, after: null })).toEqual([])
})
