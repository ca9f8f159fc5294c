import { beforeEach, describe, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { after, before, days, type Instant, instantOf, seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { Seen } from '../model/session.ts'
import { newSessionId, type SessionId } from '../model/session-token.ts'
import { activityResolution } from '../rules/session-policy.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import { ActivityWriter, closePatience, flushBatch, flushInterval, mostWaiting } from './activity-writer.ts'

const now = instantOf(Date.UTC(2026, 0, 1))
const id = newSessionId('42')
const away = new LatchkeyError('storage-unavailable', 'the storage is away')

let timers: FakeTimers
let written: (readonly Seen[])[]
let errors: unknown[]
let touch: (seen: readonly Seen[]) => Promise<void>
let writer: ActivityWriter

beforeEach(() => {
  timers = fakeTimers()
  written = []
  errors = []
  touch = async (seen) => void written.push(seen)
  writer = new ActivityWriter({ touch: (seen) => touch(seen) }, timers, (error) => errors.push(error))
})

const someId = (index: number): SessionId => `ses_${String(index).padStart(24, 'a')}`

describe('a noted use', () => {
  it('is written by itself, well before half of the resolution is over', async () => {
    expect(flushInterval).toBeLessThan(activityResolution / 2)
    writer.note(id, now)
    expect(written).toEqual([])
    timers.advance(flushInterval)
    await nextTurn()
    expect(written).toEqual([[{ id, at: now }]])
    expect(writer.noted(id)).toBeNull()
    expect(timers.pending).toBe(0)
  })

  it('gives way to a later one, and not to an earlier one', async () => {
    writer.note(id, now)
    writer.note(id, after(now, seconds(2)))
    writer.note(id, before(now, seconds(2)))
    await writer.flush()
    expect(written).toEqual([[{ id, at: after(now, seconds(2)) }]])
  })

  it('is known while it waits and while it is being written', async () => {
    let finish: () => void = () => undefined
    touch = () =>
      new Promise((resolve) => {
        finish = resolve
      })
    writer.note(id, now)
    expect(writer.noted(id)).toBe(now)
    const flushed = writer.flush()
    await nextTurn()
    expect(writer.noted(id)).toBe(now)
    const writesBefore = writer.writes
    finish()
    await flushed
    expect(writer.noted(id)).toBeNull()
    expect(writer.writes).toBe(writesBefore + 1)
  })

  it('shows in a record that is behind it, and not in one that is ahead', () => {
    const record = sampleRecord({ id, lastAccessedAt: before(now, seconds(60)) })
    writer.note(id, now)
    expect(writer.withNewestUse(record, null).lastAccessedAt).toBe(now)
    const ahead = { ...record, lastAccessedAt: after(now, seconds(1)) }
    expect(writer.withNewestUse(ahead, null)).toBe(ahead)
  })

  it('shows also when it was noted before the record was read, and written since', async () => {
    writer.note(id, now)
    const notedBefore = writer.noted(id)
    await writer.flush()
    const record = sampleRecord({ id, lastAccessedAt: null })
    expect(writer.withNewestUse(record, notedBefore).lastAccessedAt).toBe(now)
  })

  it('of a session that ended meanwhile is not written', async () => {
    writer.note(id, now)
    writer.forget(id)
    await writer.flush()
    expect(written).toEqual([])
  })
})

describe('many noted uses', () => {
  it('are written in batches', async () => {
    for (let index = 0; index < 2 * flushBatch + 1; index += 1) writer.note(someId(index), now)
    await writer.flush()
    expect(written.map((batch) => batch.length)).toEqual([flushBatch, flushBatch, 1])
  })

  it('are bounded: there is no room for more, which is reported once', async () => {
    touch = () => Promise.reject(away)
    for (let index = 0; index < mostWaiting; index += 1) writer.note(someId(index), now)
    expect(writer.noted(someId(mostWaiting - 1))).toBe(now)
    expect(writer.note(id, now)).toBe(false)
    expect(writer.noted(id)).toBeNull()
    expect(writer.note(someId(0), after(now, seconds(1)))).toBe(true)
    timers.advance(flushInterval)
    await nextTurn()
    expect(errors).toEqual([expect.objectContaining({ code: 'storage-busy' }), away])
  })
})

describe('while the storage is away', () => {
  it('uses are kept, reported and tried again', async () => {
    const working = touch
    touch = () => Promise.reject(away)
    writer.note(id, now)
    timers.advance(flushInterval)
    await nextTurn()
    expect(errors).toEqual([away])
    expect(writer.isBehind(after(now, seconds(29)))).toBe(false)
    expect(writer.isBehind(after(now, seconds(30)))).toBe(true)
    expect(writer.noted(id)).toBe(now)

    touch = working
    timers.advance(flushInterval)
    await nextTurn()
    expect(written).toEqual([[{ id, at: now }]])
    expect(writer.isBehind(after(now, days(1)))).toBe(false)
  })

  it('a later use that came during the attempt is not lost to the earlier one', async () => {
    let fail: (error: unknown) => void = () => undefined
    touch = () =>
      new Promise((_resolve, reject) => {
        fail = reject
      })
    writer.note(id, now)
    const flushed = writer.flush()
    await nextTurn()
    const later: Instant = after(now, seconds(40))
    writer.note(id, later)
    fail(away)
    await expect(flushed).rejects.toBe(away)
    expect(writer.noted(id)).toBe(later)
  })

  it('the use of a session that ended during the attempt is not tried again', async () => {
    let fail: (error: unknown) => void = () => undefined
    touch = () =>
      new Promise((_resolve, reject) => {
        fail = reject
      })
    writer.note(id, now)
    writer.note(someId(1), now)
    const flushed = writer.flush()
    await nextTurn()
    writer.forget(id)
    fail(away)
    await expect(flushed).rejects.toBe(away)
    expect(writer.noted(id)).toBeNull()
    expect(writer.noted(someId(1))).toBe(now)
  })

  it('the end of the writer is reported, not thrown, and takes no more notes', async () => {
    touch = () => Promise.reject(away)
    writer.note(id, now)
    await writer.close()
    expect(errors).toEqual([away])
    expect(timers.pending).toBe(0)
    expect(writer.note(id, now)).toBe(false)
  })
})

describe('while the storage hangs', () => {
  let finish: () => void

  beforeEach(() => {
    touch = (seen) =>
      new Promise((resolve) => {
        written.push(seen)
        finish = resolve
      })
  })

  it('calls of flush share the one that comes next, which writes everything noted before it', async () => {
    writer.note(id, now)
    const first = writer.flush()
    await nextTurn()
    const waiting = [1, 2, 3].map((second) => {
      writer.note(id, after(now, seconds(second)))
      return writer.flush()
    })
    expect(new Set(waiting).size).toBe(1)
    finish()
    await first
    await nextTurn()
    finish()
    await waiting[0]
    expect(written).toEqual([[{ id, at: now }], [{ id, at: after(now, seconds(3)) }]])
  })

  it('the end of the writer waits no longer than its patience, and says what it leaves behind', async () => {
    for (let index = 0; index < flushBatch + 5; index += 1) writer.note(someId(index), now)
    const closed = writer.close()
    await nextTurn()
    timers.advance(closePatience)
    await closed
    expect(errors).toEqual([expect.objectContaining({ code: 'storage-unavailable' })])
    expect(String(errors[0])).toContain(`${flushBatch + 5} sessions`)
    expect(timers.pending).toBe(0)
    finish()
    await nextTurn()
    expect(written).toHaveLength(1)
    expect(errors).toHaveLength(1)
  })

  it('the end of the writer takes no note that it would not write', async () => {
    writer.note(id, now)
    const closed = writer.close()
    await nextTurn()
    expect(writer.note(someId(1), now)).toBe(false)
    finish()
    await closed
    expect(written).toEqual([[{ id, at: now }]])
    expect(errors).toEqual([])
  })
})

it('closing writes what waits', async () => {
  writer.note(id, now)
  await writer.close()
  expect(written).toEqual([[{ id, at: now }]])
  expect(timers.pending).toBe(0)
})
