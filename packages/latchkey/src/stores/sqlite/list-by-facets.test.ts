import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SessionRecord } from '../../model/session.ts'
import type { FacetCondition } from '../../model/session-filter.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  changedAt,
  digestOf,
  hoursAfterNoon,
  noon,
  plainly,
  queryAt,
  revokedAt,
  sampleSession,
} from '../../testing/session-store-contract/sample-session.ts'
import { type Connection, sqliteConnection } from './connection.ts'
import { storageOn } from './storage.ts'

let connection: Connection
let storage: Storage

beforeEach(async () => {
  connection = sqliteConnection(':memory:', () => {})
  storage = storageOn(connection, 'private')
  await storage.open()
})

afterEach(() => storage.close())

function withBrowser(browser: string, changes: Partial<SessionRecord> = {}): SessionRecord {
  const record = sampleSession('ada', changes)
  return { ...record, deviceInfo: { ...record.deviceInfo, browser } }
}

const notFirefox: FacetCondition = { facet: 'browser', is: 'none-of', values: ['Firefox'] }

function setsOnRecord(): readonly string[] {
  const rows = connection.all<{ browser: string }>('SELECT browser FROM session_facet_sets ORDER BY browser')
  return rows.map(({ browser }) => browser)
}

describe('sessions by their facets', { timeout: 30_000 }, () => {
  it.each([
    ['few combinations', 40],
    ['more combinations than are read one by one', 2_050],
  ])('of %s come newest first, page after page', async (_, count) => {
    const records = Array.from({ length: count }, (_, index) =>
      withBrowser(index % 10 === 0 ? 'Firefox' : `Browser ${index}`, {
        createdAt: hoursAfterNoon(-(index % 7)),
      }),
    )
    await Promise.all(records.map((record) => storage.sessions.insert(record, plainly)))
    const query = queryAt(noon, { facets: [notFirefox], created: { from: hoursAfterNoon(-5), until: null } })
    const expected = records
      .filter(
        ({ createdAt, deviceInfo }) => createdAt >= hoursAfterNoon(-5) && deviceInfo.browser !== 'Firefox',
      )
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
      .map(({ id }) => id)
    const listed: string[] = []
    let cursor: string | null = null
    do {
      const page = await storage.sessions.list(query, { cursor, limit: Math.ceil(count / 7) })
      listed.push(...page.items.map(({ id }) => id))
      cursor = page.next
    } while (cursor !== null)
    expect(listed).toEqual(expected)
    expect(await storage.sessions.count(query)).toBe(expected.length)
  })

  it('a combination goes with the last session that has it', async () => {
    const [one, two] = [withBrowser('A'), withBrowser('A')]
    for (const record of [one, two, withBrowser('B')]) await storage.sessions.insert(record, plainly)
    expect(setsOnRecord()).toEqual(['A', 'B'])
    for (const { id } of [one, two]) {
      await storage.sessions.invalidate({ kind: 'session', id, userId: null }, revokedAt(noon))
    }
    await storage.sessions.forget(hoursAfterNoon(1), 1)
    expect(setsOnRecord()).toEqual(['A', 'B'])
    await storage.sessions.forget(hoursAfterNoon(1), 1)
    expect(setsOnRecord()).toEqual(['B'])
    await storage.sessions.forgetUser('ada', changedAt(noon), digestOf)
    expect(setsOnRecord()).toEqual([])
  })
})
