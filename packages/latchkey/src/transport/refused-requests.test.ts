import { expect, it } from 'vitest'
import { minutes, seconds } from '../foundation/time.ts'
import type { RecordedEvent } from '../operations/list-events.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { mostNoted, noteRefusedRequests } from './refused-requests.ts'
import { sourceNames } from './request-source.ts'

const named = sourceNames(new Uint8Array(32).fill(7))

function log(nameSource = named) {
  const clock = fakeClock()
  const events: RecordedEvent[] = []
  const away = { isAway: false }
  const recordEvents = async (more: readonly RecordedEvent[]) => {
    if (away.isAway) throw new Error('away')
    events.push(...more)
  }
  return { clock, events, away, note: noteRefusedRequests({ recordEvents }, clock, nameSource) }
}

const request = 'req_1'

it('a refused request is written down with its source, and without its address', async () => {
  const { events, note } = log()
  await note({ kind: 'planted-cookie', ipAddress: '192.0.2.7', request })
  expect(events).toEqual([
    {
      type: 'request.refused',
      actor: 'system',
      request,
      after: { kind: 'planted-cookie', source: named('192.0.2.7') },
    },
  ])
  expect(JSON.stringify(events)).not.toContain('192.0.2')
})

it('who asked is said where it is known', async () => {
  const { events, note } = log()
  const by = { id: `ses_${'a'.repeat(24)}`, userId: 'ann' } as const
  await note({ kind: 'direct-reference', ipAddress: null, request, by, target: 'ses_x' })
  await note({ kind: 'direct-reference', ipAddress: null, request, actor: 'service:key_1' })
  expect(events).toMatchObject([
    { actor: 'user:ann', userId: 'ann', sessionId: by.id, after: { target: 'ses_x' } },
    { actor: 'service:key_1' },
  ])
})

it('a flood from one source is one line a minute of each kind', async () => {
  const { clock, events, note } = log()
  for (let count = 0; count < 100; count += 1) {
    await note({ kind: 'cross-site', ipAddress: '192.0.2.7', request })
    await note({ kind: 'planted-cookie', ipAddress: `192.0.2.${count}`, request })
  }
  await note({ kind: 'cross-site', ipAddress: '198.51.100.7', request })
  expect(events).toHaveLength(3)
  clock.advance(seconds(59))
  await note({ kind: 'cross-site', ipAddress: '192.0.2.7', request })
  expect(events).toHaveLength(3)
  clock.advance(seconds(1))
  await note({ kind: 'cross-site', ipAddress: '192.0.2.7', request })
  expect(events).toHaveLength(4)
})

it('a flood from any number of sources is bounded, in the log and in memory', async () => {
  const { clock, events, note } = log()
  const flood = async () => {
    for (let count = 0; count < mostNoted + 500; count += 1) {
      const ipAddress = `2001:db8:${(count >> 8).toString(16)}:${(count & 255).toString(16)}::1`
      await note({ kind: 'cross-site', ipAddress, request })
    }
  }
  await flood()
  expect(events).toHaveLength(mostNoted)
  clock.advance(minutes(1))
  await flood()
  expect(events).toHaveLength(2 * mostNoted)
})

it('a log that is away takes no refusal with it, and hears of the next', async () => {
  const { away, events, note } = log()
  away.isAway = true
  await note({ kind: 'cross-site', ipAddress: null, request })
  away.isAway = false
  await note({ kind: 'cross-site', ipAddress: null, request })
  expect(events).toHaveLength(1)
})
