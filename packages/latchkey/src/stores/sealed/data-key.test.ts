import { createSecretKey, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { instantOf } from '../../foundation/time.ts'
import type { SealedTable } from '../../ports/data-key-store.ts'
import { type DataKey, newDataKey, sealText, unsealText, unwrapDataKey } from './data-key.ts'
import { keyIdOf } from './sealed-text.ts'

const wrapping = createSecretKey(randomBytes(32))

function keyOf(table: SealedTable): DataKey {
  const key = unwrapDataKey(wrapping, newDataKey(wrapping, table, instantOf(0)))
  if (key === null) throw new Error('it was wrapped here')
  return key
}

const key = keyOf('user_sessions')
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('192.0.2.7'), fc.constant(''))
const place = fc.record({
  field: fc.constantFrom('ipAddress', 'userAgent', 'x'),
  row: fc.string({ minLength: 1 }),
})

/** The text with one bit of what was sealed turned over. */
function withFlippedBit(sealed: string, bit: number): string {
  const bytes = Buffer.from(sealed.slice(key.prefix.length), 'base64url')
  const index = bit % (bytes.length * 8)
  bytes[index >> 3] = (bytes[index >> 3] ?? 0) ^ (1 << (index & 7))
  return key.prefix + bytes.toString('base64url')
}

it('what was sealed opens as it was, whatever the text is', () => {
  fc.assert(
    fc.property(text, place, (content, { field, row }) => {
      const sealed = sealText(key, field, row, content)
      expect(keyIdOf(sealed)).toBe(key.id)
      expect(unsealText(key, field, row, sealed)).toBe(Buffer.from(content).toString())
    }),
  )
})

it('with any one bit turned over it does not open', () => {
  fc.assert(
    fc.property(text, place, fc.nat(), (content, { field, row }, bit) => {
      const sealed = withFlippedBit(sealText(key, field, row, content), bit)
      expect(unsealText(key, field, row, sealed)).toBeNull()
    }),
  )
})

it('moved to another row, field or table, or under another key, it does not open', () => {
  const ofOtherTable = { ...keyOf('user_devices'), key: key.key }
  const otherKey = keyOf('user_sessions')
  fc.assert(
    fc.property(text, place, place, (content, { field, row }, other) => {
      fc.pre(field !== other.field && row !== other.row)
      const sealed = sealText(key, field, row, content)
      expect(unsealText(key, field, other.row, sealed)).toBeNull()
      expect(unsealText(key, other.field, row, sealed)).toBeNull()
      expect(unsealText(ofOtherTable, field, row, sealed)).toBeNull()
      expect(unsealText(otherKey, field, row, sealed)).toBeNull()
    }),
  )
})

it('anything that is too short, cut off or no base64url opens as nothing, and does not throw', () => {
  fc.assert(fc.property(fc.string(), (rest) => unsealText(key, 'f', 'r', key.prefix + rest) === null))
})

it('two seals of one text are two texts', () => {
  const seals = Array.from({ length: 100 }, () => sealText(key, 'userAgent', 'row', 'Example/1.0'))
  expect(new Set(seals).size).toBe(100)
})

it('user agents and addresses in clear are not taken for sealed ones', () => {
  const clear = ['Mozilla/5.0 (X11; Linux x86_64)', '192.0.2.7', '2001:db8::1', '', 'curlcurl.short']
  expect(clear.map(keyIdOf)).toEqual(clear.map(() => null))
})

it('a wrapped key unwraps under the same master secret, as the same key of the same table only', () => {
  const stored = newDataKey(wrapping, 'user_sessions', instantOf(0))
  expect(unwrapDataKey(wrapping, stored)?.id).toBe(stored.id)
  expect(unwrapDataKey(createSecretKey(randomBytes(32)), stored)).toBeNull()
  expect(unwrapDataKey(wrapping, { ...stored, table: 'user_devices' })).toBeNull()
  expect(unwrapDataKey(wrapping, { ...stored, id: 'aaaaaaaa' })).toBeNull()
  expect(unwrapDataKey(wrapping, { ...stored, wrapped: stored.wrapped.subarray(1) })).toBeNull()
})
