import { expect, it } from 'vitest'
import { newRequestId } from './request-id.ts'

it('no two of very many are the same, and none shows how many there were before', () => {
  const ids = Array.from({ length: 5_000 }, newRequestId)
  expect(new Set(ids).size).toBe(5_000)
  for (const id of ids) expect(id).toMatch(/^req_[0-9a-f]{32}$/)
  expect(ids.toSorted()).not.toEqual(ids)
  expect(ids.toSorted().toReversed()).not.toEqual(ids)
})
