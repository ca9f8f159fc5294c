import assert from 'node:assert/strict'
import type { SessionRecord } from '../../model/session.ts'
import type { FacetCondition, SessionQuery } from '../../model/session-filter.ts'
import type { SessionStore } from '../../ports/session-store.ts'
import type { Storage } from '../../ports/storage.ts'
import { hoursAfterNoon, noon, plainly, queryAt, revokedAt, sampleSession } from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

/** Turns all pages. */
async function listAll(sessions: SessionStore, query: SessionQuery, limit: number): Promise<SessionRecord[]> {
  const items: SessionRecord[] = []
  let cursor: string | null = null
  do {
    const page = await sessions.list(query, { cursor, limit })
    assert.ok(page.items.length <= limit)
    items.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return items
}

async function insertAll(sessions: SessionStore, records: readonly SessionRecord[]): Promise<void> {
  for (const record of records) await sessions.insert(record, plainly)
}

function newestFirst(records: readonly SessionRecord[]): string[] {
  return [...records]
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
    .map((record) => record.id)
}

const mobile: FacetCondition = { facet: 'device_type', is: 'one-of', values: ['mobile'] }

export const listing: readonly StorageCase[] = [
  [
    'a list is newest first, by id downwards where two are as old, whatever the size of its pages',
    async ({ sessions }) => {
      const records = Array.from({ length: 11 }, (_, index) =>
        sampleSession(`user-${index % 3}`, { createdAt: hoursAfterNoon(-(index % 4)) }),
      )
      await insertAll(sessions, records)
      for (const limit of [1, 2, 5, 11, 100]) {
        const listed = await listAll(sessions, queryAt(noon), limit)
        assert.deepEqual(
          listed.map((record) => record.id),
          newestFirst(records),
        )
      }
      const own = records.filter((record) => record.userId === 'user-1')
      const listed = await listAll(sessions, queryAt(noon, { userId: 'user-1', state: 'live' }), 2)
      assert.deepEqual(
        listed.map((record) => record.id),
        newestFirst(own),
      )
    },
  ],
  [
    'the last page says that it is the last, and an empty list is one empty page',
    async ({ sessions }) => {
      assert.deepEqual(await sessions.list(queryAt(noon), { cursor: null, limit: 2 }), {
        items: [],
        next: null,
      })
      await insertAll(sessions, [sampleSession('ada'), sampleSession('ada')])
      assert.equal((await sessions.list(queryAt(noon), { cursor: null, limit: 2 })).next, null)
      assert.notEqual((await sessions.list(queryAt(noon), { cursor: null, limit: 1 })).next, null)
    },
  ],
  [
    'a cursor that no page came with is refused, and not taken for the end of the list',
    async ({ sessions }) => {
      await insertAll(sessions, [sampleSession('ada'), sampleSession('ada')])
      for (const cursor of [
        '',
        'abc',
        '.',
        '1e3.ses_a',
        `${noon}.`,
        `${noon}.ses_`,
        'NaN.ses_aaaaaaaaaaaaaaaaaaaaaaaa',
      ]) {
        const asked = sessions.list(queryAt(noon), { cursor, limit: 1 })
        await assert.rejects(asked, { code: 'invalid-argument', field: 'cursor' })
      }
    },
  ],
  [
    'sessions created while one turns the pages neither repeat nor hide others',
    async ({ sessions }) => {
      const records = Array.from({ length: 4 }, (_, index) =>
        sampleSession('ada', { createdAt: hoursAfterNoon(-index) }),
      )
      await insertAll(sessions, records)
      const first = await sessions.list(queryAt(noon), { cursor: null, limit: 2 })
      await insertAll(sessions, [
        sampleSession('ada', { createdAt: hoursAfterNoon(1) }),
        sampleSession('ada', { createdAt: hoursAfterNoon(2) }),
      ])
      const second = await sessions.list(queryAt(noon), { cursor: first.next, limit: 2 })
      assert.deepEqual(
        [...first.items, ...second.items].map((record) => record.id),
        records.map((record) => record.id),
      )
    },
  ],
  [
    'live is what each of the bounds allows, to the millisecond, and ended is all the rest',
    async ({ sessions }) => {
      const { expiresAfter, createdAfter, activeAfter } = queryAt(noon).bounds
      assert.ok(activeAfter !== null)
      const soon = hoursAfterNoon(1)
      const week = { createdAt: hoursAfterNoon(-24 * 8), expiresAt: soon }
      const month = { createdAt: createdAfter, expiresAt: soon, lastAccessedAt: noon }
      const ended = sampleSession('ada')
      const live = [
        sampleSession('ada', { expiresAt: soon }),
        sampleSession('ada', { ...month, lifetime: null, createdAt: after1(createdAfter) }),
        sampleSession('ada', { ...month, lifetime: 1 as SessionRecord['lifetime'] }),
        sampleSession('ada', { ...week, lastAccessedAt: after1(activeAfter) }),
      ]
      const gone = [
        sampleSession('ada', { expiresAt: expiresAfter }),
        sampleSession('ada', { ...month, lifetime: null }),
        sampleSession('ada', { ...week, lastAccessedAt: activeAfter }),
        sampleSession('ada', { ...week, lastAccessedAt: null }),
        ended,
      ]
      await insertAll(sessions, [...live, ...gone])
      await sessions.invalidate({ kind: 'session', id: ended.id, userId: null }, revokedAt(noon))
      for (const userId of ['ada', null]) {
        const idsOf = async (state: 'live' | 'ended' | null) =>
          (await listAll(sessions, queryAt(noon, { userId, state }), 3)).map((record) => record.id)
        assert.deepEqual(await idsOf('live'), newestFirst(live))
        assert.deepEqual(await idsOf('ended'), newestFirst(gone))
        assert.deepEqual(await idsOf(null), newestFirst([...live, ...gone]))
      }
    },
  ],
  [
    'without an idle timeout only the other bounds count',
    async ({ sessions }) => {
      const unused = sampleSession('ada', { createdAt: hoursAfterNoon(-24 * 8) })
      await sessions.insert(unused, plainly)
      const query = queryAt(noon, { state: 'live' })
      assert.equal(await sessions.count(query), 0)
      assert.equal(await sessions.count({ ...query, bounds: { ...query.bounds, activeAfter: null } }), 1)
    },
  ],
  [
    'each filter narrows the list, all of them together, and the count agrees with it',
    async ({ sessions }) => {
      const phone = sampleSession('ada', { ipAddress: '192.0.2.77' })
      const records = [
        sampleSession('ada'),
        { ...phone, deviceInfo: { ...phone.deviceInfo, type: 'mobile' } } as const,
        sampleSession('ada2', { ipAddress: '2001:db8::7' }),
        sampleSession('Ada', { ipAddress: null }),
        sampleSession('bob%_*', { ipAddress: '198.51.100.9' }),
      ]
      await insertAll(sessions, records)
      const found = async (filter: Partial<SessionQuery>, users: readonly string[]) => {
        const query = queryAt(noon, filter)
        const listed = await listAll(sessions, query, 2)
        assert.deepEqual(listed.map((record) => record.userId).sort(), [...users].sort())
        assert.equal(await sessions.count(query), users.length)
      }
      const search = (text: string, userIds: readonly string[] = []) => ({
        search: { text, userIds, address: null },
      })
      const searchAddress = (address: string) => ({ search: { text: address, userIds: [], address } })
      await found({ userId: 'ada' }, ['ada', 'ada'])
      await found({ facets: [mobile] }, ['ada'])
      await found({ ipAddress: '192.0.2.10' }, ['ada'])
      await found(search('ada'), ['ada', 'ada', 'ada2'])
      await found(searchAddress('192.0.2.10'), ['ada'])
      await found(searchAddress('2001:db8::7'), ['ada2'])
      await found(searchAddress('192.0.2.1'), [])
      await found(search('192.0.2'), [])
      await found(search('192.0.2.10'), [])
      await found(search(phone.id.slice(0, 20)), ['ada'])
      await found(search('bob%'), ['bob%_*'])
      await found(search('b_b'), [])
      await found(search('%'), [])
      await found(search('no match', ['Ada', 'bob%_*']), ['Ada', 'bob%_*'])
      await found({ userId: 'ada', ...searchAddress('192.0.2.77') }, ['ada'])
      await found({ userId: 'ada', ...searchAddress('198.51.100.9') }, [])
      await found({ ipAddress: '192.0.2.10', facets: [mobile] }, [])
      await found({ userId: 'ada', facets: [mobile], state: 'live', ...search('a') }, ['ada'])
    },
  ],
]

function after1(instant: number): SessionRecord['createdAt'] {
  return (instant + 1) as SessionRecord['createdAt']
}
