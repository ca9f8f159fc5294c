import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseJsonObject } from './json.ts'

it('reads an object', () => {
  expect(parseJsonObject('{"a":[1,null]}')).toEqual({ a: [1, null] })
})

it.each(['', '[]', 'null', '1', '"text"', '{', '{"a":}', 'undefined'])('takes %s for no object', (text) => {
  expect(parseJsonObject(text)).toBeNull()
})

it('never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseJsonObject(text)))
})
