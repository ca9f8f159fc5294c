import { expect, it } from 'vitest'
import { parseExplainSearch, toPolicyQuery } from './explain-search.ts'

it('keeps roles, trust and known factors', () => {
  const search = parseExplainSearch({
    role: ' admin , billing,admin',
    device_trust: 'untrusted',
    amr: 'pwd,otp,magic',
  })
  expect(search).toEqual({ role: 'admin,billing', device_trust: 'untrusted', amr: 'pwd,otp' })
  expect(toPolicyQuery(search).toString()).toBe(
    'role=admin&role=billing&device_trust=untrusted&amr=pwd&amr=otp',
  )
})

it('asks for nothing to be explained where nothing is said', () => {
  expect(toPolicyQuery(parseExplainSearch({ role: ' ,', device_trust: 'both', amr: '' })).size).toBe(0)
})
