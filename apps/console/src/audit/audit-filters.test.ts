import { expect, it } from 'vitest'
import { changeAuditFilters, localText, parseAuditFilters, toAuditQuery } from './audit-filters.ts'

it('keeps what the API takes, with instants in UTC', () => {
  const filters = parseAuditFilters({
    user_id: ' usr_1 ',
    actor: 'system',
    type: 'session.ended',
    from: '2026-11-24T05:00:00+01:00',
    until: 'tomorrow',
    more: 'x',
  })
  expect(filters).toEqual({
    user_id: 'usr_1',
    actor: 'system',
    type: 'session.ended',
    from: '2026-11-24T04:00:00.000Z',
  })
  expect(toAuditQuery(filters).get('from')).toBe('2026-11-24T04:00:00.000Z')
})

it('drops a type that there is none of', () => {
  expect(parseAuditFilters({ type: 'toString' })).toEqual({})
})

it('goes to the first page with each change, and drops what became empty', () => {
  expect(changeAuditFilters({ user_id: 'usr_1', actor: 'system', cursor: 'c' }, { actor: '' })).toEqual({
    user_id: 'usr_1',
  })
})

it('shows an instant as the reader’s clock does, and reads it back', () => {
  const local = localText('2026-11-24T04:00:00.000Z')
  expect(local).toMatch(/^2026-11-2\dT\d\d:\d\d$/)
  expect(parseAuditFilters({ from: local }).from).toBe('2026-11-24T04:00:00.000Z')
  expect(localText(undefined)).toBe('')
})
