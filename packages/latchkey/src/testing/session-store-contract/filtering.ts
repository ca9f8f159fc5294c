import assert from 'node:assert/strict'
import { severities } from '../../model/finding.ts'
import { unknownPlace } from '../../model/place.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { FacetCondition, SessionFilter } from '../../model/session-filter.ts'
import type { Storage } from '../../ports/storage.ts'
import { sampleAlert } from './sample-alert.ts'
import { hoursAfterNoon, noon, oslo, plainly, queryAt, revokedAt, sampleSession } from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

interface Named {
  readonly name: string
  readonly record: SessionRecord
}

function named(name: string, changes: Partial<SessionRecord>, info: object = {}): Named {
  const record = sampleSession(name, changes)
  return { name, record: { ...record, deviceInfo: { ...record.deviceInfo, ...info } } }
}

function at(country: string | null, asn: number | null): SessionRecord['place'] {
  return { ...unknownPlace, country, network: { asn, name: null, kind: 'unknown' } }
}

/** Each differs from the first in something. */
function scene(): readonly Named[] {
  return [
    named('a', { place: oslo, createdAt: hoursAfterNoon(-8) }),
    named('b', { place: oslo, createdAt: hoursAfterNoon(-7), lastAccessedAt: hoursAfterNoon(-1) }),
    named('c', { place: at('SE', 64_497), createdAt: hoursAfterNoon(-6), ipAddress: '198.51.100.7' }),
    named('d', { place: at(null, null), createdAt: hoursAfterNoon(-5), ipAddress: '2001:db8:7::1' }),
    named('e', { place: null, createdAt: hoursAfterNoon(-4), ipAddress: null }),
    named(
      'f',
      { place: oslo, createdAt: hoursAfterNoon(-3) },
      { type: 'mobile', os: 'iOS', browser: 'Safari' },
    ),
    named('g', { place: at('NO', 64_497), createdAt: hoursAfterNoon(-2) }, { browser: '__proto__ "%' }),
    named(
      'h',
      { place: at('SE', null), createdAt: hoursAfterNoon(-1) },
      { browser: 'unknown', os: 'unknown' },
    ),
  ]
}

async function fill({ sessions }: Storage): Promise<readonly Named[]> {
  const all = scene()
  for (const { record } of all) await sessions.insert(record, plainly)
  return all
}

function oneOf(facet: FacetCondition['facet'], ...values: readonly string[]): FacetCondition {
  return { facet, is: 'one-of', values }
}

function noneOf(facet: FacetCondition['facet'], ...values: readonly string[]): FacetCondition {
  return { facet, is: 'none-of', values }
}

/** The users of the sessions, newest first, by pages of every size, for everybody and for each by themselves; the count agrees. */
async function expectFound(
  { sessions }: Storage,
  filter: Partial<SessionFilter>,
  users: string,
): Promise<void> {
  const query = queryAt(noon, filter)
  for (const limit of [1, 3, 100]) {
    const found: string[] = []
    let cursor: string | null = null
    do {
      const page = await sessions.list(query, { cursor, limit })
      assert.ok(page.items.length <= limit)
      found.push(...page.items.map(({ userId }) => userId))
      cursor = page.next
    } while (cursor !== null)
    assert.equal(found.join(''), users, JSON.stringify(filter))
  }
  assert.equal(await sessions.count(query), users.length)
  for (const userId of 'abcdefgh') {
    const own = { ...query, userId }
    const { items } = await sessions.list(own, { cursor: null, limit: 9 })
    assert.equal(items.length, users.includes(userId) ? 1 : 0, `${JSON.stringify(filter)} of ${userId}`)
    assert.equal(await sessions.count(own), items.length)
  }
}

/** What is expected newest first, which is in the order of the alphabet backwards. */
const facetCases: readonly (readonly [facets: readonly FacetCondition[], users: string])[] = [
  [[oneOf('country', 'NO')], 'gfba'],
  [[oneOf('country', 'NO', 'SE')], 'hgfcba'],
  [[oneOf('country', 'unknown')], 'ed'],
  [[noneOf('country', 'NO')], 'hedc'],
  [[noneOf('country', 'unknown', 'SE')], 'gfba'],
  [[oneOf('country', 'no')], ''],
  [[oneOf('network', '64496')], 'fba'],
  [[oneOf('network', '64497')], 'gc'],
  [[oneOf('network', 'unknown')], 'hed'],
  [[oneOf('network', '06449')], ''],
  [[oneOf('browser', 'Firefox')], 'edcba'],
  [[oneOf('browser', '__proto__ "%')], 'g'],
  [[oneOf('browser', 'Fire%')], ''],
  [[noneOf('browser', 'Firefox', 'Safari')], 'hg'],
  [[oneOf('os', 'Linux')], 'gedcba'],
  [[oneOf('os', 'unknown')], 'h'],
  [[oneOf('device_type', 'mobile', 'tv')], 'f'],
  [[noneOf('device_type', 'mobile')], 'hgedcba'],
  [[oneOf('country', 'NO'), oneOf('browser', 'Firefox')], 'ba'],
  [[oneOf('country', 'NO'), oneOf('country', 'SE')], ''],
  [[oneOf('os', 'iOS'), oneOf('device_type', 'desktop')], ''],
  [[oneOf('country', 'NO'), noneOf('network', '64496'), oneOf('os', 'Linux', 'iOS')], 'g'],
]

export const filtering: readonly StorageCase[] = [
  [
    'facets narrow the list and the count, each by itself and all together, and what is not known is `unknown`',
    async (storage) => {
      await fill(storage)
      for (const [facets, users] of facetCases) await expectFound(storage, { facets }, users)
    },
  ],
  [
    'facets hold together with every other condition',
    async (storage) => {
      const all = await fill(storage)
      const inNorway = [oneOf('country', 'NO')]
      await storage.sessions.invalidate({ kind: 'user', userId: 'b', except: null }, revokedAt(noon))
      await expectFound(storage, { facets: inNorway, state: 'live' }, 'gfa')
      await expectFound(storage, { facets: inNorway, state: 'ended' }, 'b')
      await expectFound(storage, { facets: [noneOf('country', 'NO')], state: 'ended' }, '')
      await expectFound(storage, { facets: inNorway, ipAddress: '192.0.2.10' }, 'gfba')
      await expectFound(storage, { facets: inNorway, addressRange: '192.0.2.0/24', state: 'live' }, 'gfa')
      const created = { from: hoursAfterNoon(-7), until: hoursAfterNoon(-2) }
      await expectFound(storage, { facets: inNorway, created }, 'fb')
      const search = { text: 'f', userIds: ['a', 'c'], address: null }
      await expectFound(storage, { facets: inNorway, search }, 'fa')
      const byId = { text: all[6]?.record.id ?? '', userIds: [], address: null }
      await expectFound(storage, { facets: inNorway, search: byId }, 'g')
    },
  ],
  [
    'a session that was given other facts is found by those',
    async (storage) => {
      const [first] = await fill(storage)
      assert.ok(first)
      const { record } = first
      const deviceInfo = { ...record.deviceInfo, browser: 'Other' }
      const next = { ...record, version: 2, deviceInfo, place: at('DK', 64_499) }
      const replacing = { at: noon, by: 'system', request: null, cause: 'rotation' } as const
      assert.equal(await storage.sessions.replace(next, replacing), true)
      await expectFound(storage, { facets: [oneOf('country', 'NO')] }, 'gfb')
      await expectFound(storage, { facets: [oneOf('browser', 'Other'), oneOf('network', '64499')] }, 'a')
    },
  ],
  [
    'ranges of instants begin with their first and end before their last',
    async (storage) => {
      await fill(storage)
      const [from, until] = [hoursAfterNoon(-6), hoursAfterNoon(-3)]
      await expectFound(storage, { created: { from, until } }, 'edc')
      await expectFound(storage, { created: { from, until: null } }, 'hgfedc')
      await expectFound(storage, { created: { from: null, until } }, 'edcba')
      await expectFound(storage, { created: { from: until, until: from } }, '')
      await expectFound(storage, { lastActive: { from, until } }, 'edc')
      await expectFound(storage, { lastActive: { from: hoursAfterNoon(-1), until: null } }, 'hb')
      await expectFound(storage, { lastActive: { from: null, until: hoursAfterNoon(-6) } }, 'a')
      const both = { created: { from: null, until }, lastActive: { from: hoursAfterNoon(-1), until: null } }
      await expectFound(storage, both, 'b')
    },
  ],
  [
    'a network finds the sessions within it, and no other one does',
    async (storage) => {
      await fill(storage)
      await expectFound(storage, { addressRange: '192.0.2.0/24' }, 'hgfba')
      await expectFound(storage, { addressRange: '198.51.100.0/24' }, 'c')
      await expectFound(storage, { addressRange: '2001:db8:7::/48' }, 'd')
      await expectFound(storage, { addressRange: '203.0.113.0/24' }, '')
      await expectFound(storage, { addressRange: '192.0.2.0/24', state: 'ended' }, '')
      await expectFound(storage, { addressRange: '192.0.2.0/24', ipAddress: '198.51.100.7' }, '')
    },
  ],
  [
    'a risk finds sessions with an alert that nobody has closed, of that severity or a greater one',
    async (storage) => {
      const [a, b, c, d, e] = (await fill(storage)).map(({ record }) => record)
      assert.ok(a && b && c && d && e)
      const alerts = [
        sampleAlert({ userId: 'a', sessionId: a.id, severity: 'info' }),
        sampleAlert({ userId: 'b', sessionId: b.id, severity: 'low', state: 'acknowledged' }),
        sampleAlert({ userId: 'b', sessionId: b.id, severity: 'high' }),
        sampleAlert({ userId: 'c', sessionId: c.id, severity: 'medium' }),
        sampleAlert({ userId: 'd', sessionId: d.id, severity: 'critical', state: 'resolved' }),
        sampleAlert({ userId: 'e', sessionId: e.id, severity: 'critical', state: 'false-alarm' }),
        sampleAlert({ userId: 'e', sessionId: null, severity: 'critical' }),
      ]
      for (const alert of alerts) await storage.alerts.add(alert, [])
      const expected = ['cba', 'cb', 'cb', 'b', '']
      for (const [index, risk] of severities.entries()) {
        await expectFound(storage, { risk }, expected[index] ?? '')
      }
      await expectFound(storage, { risk: 'info', facets: [oneOf('country', 'NO')], state: 'live' }, 'ba')
    },
  ],
]
