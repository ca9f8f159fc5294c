import assert from 'node:assert/strict'
import { hours } from '../../foundation/time.ts'
import type { DeviceInfo } from '../../model/device-info.ts'
import { type EndReason, endReasons, type SessionRecord } from '../../model/session.ts'
import type { Storage } from '../../ports/storage.ts'
import { hoursAfterNoon, noon, plainly, revokedAt, sampleSession, windowAt } from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

const noneEnded = Object.fromEntries(endReasons.map((reason) => [reason, 0]))

async function insertEnded(
  storage: Storage,
  record: SessionRecord,
  at: SessionRecord['createdAt'],
  reason: EndReason,
): Promise<void> {
  await storage.sessions.insert(record, plainly)
  const selection = { kind: 'session', id: record.id, userId: null } as const
  await storage.sessions.invalidate(selection, { at, reason, by: 'system', request: null })
}

export const counting: readonly StorageCase[] = [
  [
    'a user without sessions has zeros',
    async ({ sessions, statistics }) => {
      await sessions.insert(sampleSession('bob'), plainly)
      assert.deepEqual(await statistics.forUser('ada', windowAt(noon)), {
        total: 0,
        live: 0,
        recent: 0,
        deviceTypes: {},
        browsers: {},
        operatingSystems: {},
        locations: {},
        durationSum: 0,
        durationLongest: 0,
        ended: noneEnded,
        daily: [],
      })
    },
  ],
  [
    'devices and places are counted over live sessions, unknown places left out, odd names kept',
    async (storage) => {
      const on = (changes: Partial<DeviceInfo>) => {
        const record = sampleSession('ada')
        return { ...record, deviceInfo: { ...record.deviceInfo, ...changes } }
      }
      const live = [
        on({}),
        on({ browser: 'Chrome', location: null }),
        on({ type: 'mobile', os: 'iOS', browser: '__proto__' }),
      ]
      for (const record of live) await storage.sessions.insert(record, plainly)
      await insertEnded(storage, on({ type: 'tv' }), noon, 'logout')
      const found = await storage.statistics.forUser('ada', windowAt(noon))
      assert.deepEqual(found.deviceTypes, { desktop: 2, mobile: 1 })
      assert.deepEqual(Object.entries(found.browsers).sort(), [
        ['Chrome', 1],
        ['Firefox', 1],
        ['__proto__', 1],
      ])
      assert.deepEqual(found.operatingSystems, { Linux: 2, iOS: 1 })
      assert.deepEqual(found.locations, { 'Oslo, Norway': 2 })
      assert.deepEqual([found.total, found.live], [4, 3])
    },
  ],
  [
    'a duration runs to the ending where somebody ended it and to the last use everywhere else',
    async (storage) => {
      const used = { lastAccessedAt: hoursAfterNoon(1) }
      const byHand: Partial<Record<EndReason, number>> = { logout: 5, revoked: 6, replaced: 7 }
      for (const reason of endReasons) {
        const length = byHand[reason] ?? 1
        const record = sampleSession(reason, used)
        const at = hoursAfterNoon(length === 1 ? 9 : length)
        await insertEnded(storage, record, at, reason)
        const found = await storage.statistics.forUser(reason, windowAt(noon))
        assert.equal(found.durationSum, hours(length))
        assert.equal(found.durationLongest, hours(length))
        assert.deepEqual(found.ended, { ...noneEnded, [reason]: 1 })
      }
      await storage.sessions.insert(sampleSession('live', used), plainly)
      await storage.sessions.insert(sampleSession('live'), plainly)
      const live = await storage.statistics.forUser('live', windowAt(noon))
      assert.deepEqual([live.durationSum, live.durationLongest], [hours(1), hours(1)])
    },
  ],
  [
    'recent and daily reach back to the instants asked for, by days in UTC, empty ones left out',
    async (storage) => {
      const window = { ...windowAt(noon), recentSince: hoursAfterNoon(-24), dailySince: hoursAfterNoon(-36) }
      await storage.sessions.insert(sampleSession('ada', { createdAt: hoursAfterNoon(-24) }), plainly)
      await storage.sessions.insert(sampleSession('ada', { createdAt: hoursAfterNoon(-25) }), plainly)
      await storage.sessions.insert(sampleSession('ada', { createdAt: hoursAfterNoon(-37) }), plainly)
      const midnight = hoursAfterNoon(-12)
      await insertEnded(storage, sampleSession('ada', { createdAt: hoursAfterNoon(-13) }), midnight, 'logout')
      const found = await storage.statistics.forUser('ada', window)
      assert.equal(found.recent, 2)
      assert.deepEqual(found.daily, [
        { date: '2026-02-28', created: 3, ended: 0 },
        { date: '2026-03-01', created: 0, ended: 1 },
      ])
    },
  ],
  [
    'totals agree with what was created, what was ended and a recount of the rows',
    async (storage) => {
      const { sessions, statistics } = storage
      assert.deepEqual(await statistics.totals(), { active: 0, created: 0, ended: noneEnded })
      const records = ['ada', 'ada', 'bob', 'eve'].map((user) => sampleSession(user))
      for (const record of records) await sessions.insert(record, plainly)
      await sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon))
      await insertEnded(storage, sampleSession('eve'), noon, 'logout')
      await sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon))
      const totals = { active: 2, created: 5, ended: { ...noneEnded, revoked: 2, logout: 1 } }
      assert.deepEqual(await statistics.totals(), totals)
      assert.equal(await statistics.recountActive(), 2)
    },
  ],
]
