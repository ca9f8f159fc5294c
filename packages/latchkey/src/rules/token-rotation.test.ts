import { describe, expect, it } from 'vitest'
import { equalInConstantTime } from '../foundation/bytes.ts'
import { after, before, milliseconds, minutes, seconds } from '../foundation/time.ts'
import type { SessionRecord } from '../model/session.ts'
import { hashSecret } from '../model/session-token.ts'
import { mostRetired, retiredHashLength } from '../model/token-rotation.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import {
  confirmed,
  isUnconfirmed,
  rotated,
  rotationIsDue,
  type ShownToken,
  shownToken,
  successorIsOwed,
} from './token-rotation.ts'

const hashOf = (number: number): Uint8Array => hashSecret(Uint8Array.of(number, number >> 8))
const first = sampleRecord({ secretHash: hashOf(0) })
const start = first.createdAt
const moment = milliseconds(1)
const nonce = new Uint8Array(32)

/** With secret number `to` instead of what it had. */
function next(record: SessionRecord, to: number, at = start, by: Uint8Array | null = nonce): SessionRecord {
  return { ...record, secretHash: hashOf(to), rotation: rotated(record, by, at) }
}

function used(record: SessionRecord, at: typeof start): SessionRecord {
  return record.rotation === null ? record : { ...record, rotation: confirmed(record.rotation, at) }
}

const shown = (record: SessionRecord, number: number, now = start): ShownToken =>
  shownToken(record, hashOf(number), equalInConstantTime, now)

describe('what a token is to a session', () => {
  const second = next(first, 1)

  it('is the present one or unknown, until it has another', () => {
    expect([shown(first, 0), shown(first, 1)]).toEqual(['current', 'unknown'])
    expect([shown(second, 1), shown(second, 0), shown(second, 2)]).toEqual(['current', 'previous', 'unknown'])
  })

  it('is good for 30 s after it was replaced, unless the new one is used', () => {
    expect(shown(second, 0, before(after(start, seconds(30)), moment))).toBe('previous')
    expect(shown(second, 0, after(start, seconds(30)))).toBe('stolen')
  })

  it('is good for 5 s after the new one was used, and for no longer than 30 s', () => {
    const early = used(second, after(start, seconds(10)))
    expect(shown(early, 0, before(after(start, seconds(15)), moment))).toBe('previous')
    expect(shown(early, 0, after(start, seconds(15)))).toBe('stolen')
    const late = used(second, after(start, seconds(28)))
    expect(shown(late, 0, after(start, seconds(30)))).toBe('stolen')
  })

  it('is stolen when it was replaced twice, at once where both were rotations', () => {
    const third = next(used(second, start), 2, after(start, minutes(15)))
    expect(shown(third, 0, after(start, minutes(15)))).toBe('stolen')
    const renewed = next(used(second, start), 2, after(start, seconds(1)), null)
    expect(shown(renewed, 0, after(start, seconds(2)))).toBe('unknown')
    expect(shown(renewed, 0, after(start, seconds(31)))).toBe('stolen')
  })

  it('is recognised of the last 32, and is unknown before that', () => {
    let record = first
    for (let number = 1; number <= mostRetired + 1; number += 1) record = next(record, number)
    expect(record.rotation?.retired.byteLength).toBe(mostRetired * retiredHashLength)
    expect(shown(record, 1)).toBe('stolen')
    expect(shown(record, 0)).toBe('unknown')
  })
})

describe('a successor', () => {
  const second = next(first, 1)

  it('is owed until it is used, and never to a token that proved less', () => {
    expect(second.rotation && successorIsOwed(second.rotation)).toBe(true)
    expect(isUnconfirmed(second.rotation)).toBe(true)
    const { rotation } = used(second, start)
    expect(rotation && successorIsOwed(rotation)).toBe(false)
    expect(isUnconfirmed(rotation)).toBe(false)
    const renewed = next(first, 1, start, null).rotation
    expect(renewed && successorIsOwed(renewed)).toBe(false)
    expect(isUnconfirmed(renewed)).toBe(true)
  })

  it('leaves the old one what it proved', () => {
    expect(second.rotation?.previous).toMatchObject({
      amr: first.amr,
      authenticatedAt: first.authenticatedAt,
    })
  })
})

describe('a rotation', () => {
  const token = { issuedAt: start, hasPredecessor: false }

  it('is due when the interval has passed, and never without one', () => {
    const due = (age: number): boolean => rotationIsDue(minutes(15), token, after(start, milliseconds(age)))
    expect([due(0), due(minutes(15) - 1), due(minutes(15))]).toEqual([false, false, true])
    expect(rotationIsDue(null, token, after(start, minutes(999)))).toBe(false)
  })

  it('leaves a token that has a predecessor in place for 30 s, however short the interval', () => {
    const due = (age: number, hasPredecessor: boolean): boolean =>
      rotationIsDue(seconds(1), { ...token, hasPredecessor }, after(start, seconds(age)))
    expect([due(1, false), due(29, true), due(30, true)]).toEqual([true, false, true])
  })
})
