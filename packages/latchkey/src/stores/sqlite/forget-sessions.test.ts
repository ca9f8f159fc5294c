import { expect, it } from 'vitest'
import { after, type Instant, milliseconds } from '../../foundation/time.ts'
import { statisticsReach } from '../../model/session-statistics.ts'
import {
  hoursAfterNoon,
  noon,
  plainly,
  revokedAt,
  sampleSession,
} from '../../testing/session-store-contract/sample-session.ts'
import { type Connection, sqliteConnection } from './connection.ts'
import { storageOn } from './storage.ts'

function momentsKept(connection: Connection): readonly Instant[] {
  return connection.all<{ at: Instant }>('SELECT at FROM forgotten_moments ORDER BY at').map((row) => row.at)
}

it('keeps the instants of forgotten sessions for as long as a statistics window reaches, and not longer', async () => {
  const connection = sqliteConnection(':memory:', () => {})
  const { open, close, sessions, statistics } = storageOn(connection, 'private')
  await open()
  const endedAt = hoursAfterNoon(1)
  for (const createdAt of [noon, noon, hoursAfterNoon(0.5)]) {
    await sessions.insert(sampleSession('ada', { createdAt }), plainly)
  }
  await sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(endedAt))

  await sessions.forget(after(endedAt, milliseconds(1)), 10)
  expect(momentsKept(connection)).toEqual([noon, hoursAfterNoon(0.5), endedAt])
  await sessions.forget(after(hoursAfterNoon(0.5), statisticsReach), 10)
  expect(momentsKept(connection)).toEqual([hoursAfterNoon(0.5), endedAt])
  await sessions.forget(after(hoursAfterNoon(2), statisticsReach), 1)
  expect(momentsKept(connection)).toEqual([])
  expect((await statistics.totals()).created).toBe(3)
  await close()
})
