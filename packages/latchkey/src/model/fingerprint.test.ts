import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseFingerprints } from './fingerprint.ts'

const history = [{ seenAt: 7, hashes: { canvas: 'a-hash' } }]

it('a history comes back as it was written', () => {
  expect(parseFingerprints(JSON.stringify(history))).toEqual(history)
})

it.each([
  '',
  'clear',
  '[',
  '{}',
  'null',
  '[7, null, "x", [], {}]',
  '[{"seenAt":1}]',
  '[{"seenAt":1,"hashes":null}]',
  '[{"seenAt":"1","hashes":{}}]',
])('what is none is empty: %s', (text) => {
  expect(parseFingerprints(text)).toEqual([])
})

it('never throws, whatever a row holds', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => Array.isArray(parseFingerprints(text))))
})
