import { createSessions, type Sessions } from 'latchkey'
import { memoryStorage } from 'latchkey/memory'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { timed } from './latency-metrics.ts'

let sessions: Sessions
let registry: Registry

beforeEach(async () => {
  sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command' })
  registry = new Registry()
})
afterEach(() => sessions.close())

async function shown(): Promise<string[]> {
  const text = await registry.metrics()
  return text.split('\n').filter((line) => /_(count|total)(\{|$)/.test(line))
}

it('what the storage was asked for is told from what the cache answered, of which one in 64 is measured', async () => {
  const measured = timed(sessions, registry, { monotonic: () => 0 })
  const { token } = await sessions.createSession({ userId: 'ada' })
  for (let index = 0; index < 129; index += 1) {
    expect(await measured.verifySession(token)).toMatchObject({ active: true })
  }
  expect(await shown()).toEqual([
    'latchkey_verify_duration_seconds_count{from="storage"} 1',
    'latchkey_verify_duration_seconds_count{from="cache"} 2',
  ])
})

it('endings are told apart by how many they are about, and sign-ins by the type of device', async () => {
  const measured = timed(sessions, registry, { monotonic: () => 0 })
  const deviceInfo = { type: 'mobile' } as const
  const { session } = await measured.createSession({ userId: 'ada', deviceInfo })
  await measured.invalidateSession(session.id)
  await measured.invalidateAllUserSessions('ada')
  expect((await shown()).sort()).toEqual([
    'latchkey_revoke_duration_seconds_count{sessions="all"} 1',
    'latchkey_revoke_duration_seconds_count{sessions="one"} 1',
    'latchkey_sessions_created_by_device_type_total{device_type="mobile"} 1',
  ])
})
