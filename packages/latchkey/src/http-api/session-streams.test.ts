import { expect, it } from 'vitest'
import { nextTurn } from '../foundation/timers.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { lateLog } from '../testing/late-log.fake.ts'
import { apiUnderTest } from './api-under-test.fake.ts'

const path = '/api/v1/security/sessions/events'

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await nextTurn()
}

it('a session that another node ends before this one follows the log closes its stream', async () => {
  const log = lateLog(fakeClock())
  const under = await apiUnderTest({ storage: log.storage })
  const { session, token } = await under.signIn('ann')
  const answer = under.call(path, { cookie: token })
  await settle()
  await log.end(session.id)
  log.answer()
  expect(await (await answer).text()).toContain('event: session.ended')
  expect(under.timers.pending).toBe(0)
})

it('a stream is answered once nothing of it is missed, and the second one at once', async () => {
  const log = lateLog(fakeClock())
  const under = await apiUnderTest({ storage: log.storage })
  const { token } = await under.signIn('ann')
  const abort = new AbortController()
  const open: Response[] = []
  const listen = async (): Promise<unknown> =>
    open.push(await under.call(path, { cookie: token, signal: abort.signal }))
  const first = listen()
  await settle()
  expect(open).toEqual([])
  log.answer()
  await first
  await listen()
  expect(open.map(({ status }) => status)).toEqual([200, 200])
  abort.abort()
})

it('a client that leaves before that is not waited for', async () => {
  const log = lateLog(fakeClock())
  const under = await apiUnderTest({ storage: log.storage })
  const { token } = await under.signIn('ann')
  const abort = new AbortController()
  const answer = under.call(path, { cookie: token, signal: abort.signal })
  await settle()
  abort.abort()
  await answer
  expect(under.timers.pending).toBe(0)
})
