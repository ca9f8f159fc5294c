import { describe, expect, it } from 'vitest'
import { network, ready, setUp, unauthorized } from './live-list.fake.ts'
import { SessionServiceError } from './session-service-error.ts'

describe('the live list', () => {
  it('asks nothing until somebody subscribes', () => {
    const { calls, streams, watch } = setUp()
    expect(watch.getSnapshot().state).toBe('loading')
    expect([calls.asked, streams.length]).toEqual([0, 0])
  })

  it('loads in the name of its user, then once more in the background when the stream is open', async () => {
    const { calls, watch, stream, ids } = setUp()
    watch.subscribe(() => {})
    stream().emit('open')
    const first = calls.next()
    expect(first.activity).toBe('user')
    await first.answer(['ses_a'])
    const second = calls.next()
    expect(second.activity).toBe('background')
    await second.answer(['ses_a', 'ses_b'])
    expect(ids()).toEqual(['ses_a', 'ses_b'])
    expect(watch.getSnapshot()).toMatchObject({ state: 'ready', totalCount: 2, live: 'stream' })
  })

  it('keeps the same snapshot when an answer brings nothing new', async () => {
    const { calls, watch, seen } = await ready()
    const before = watch.getSnapshot()
    void watch.refresh()
    await calls.next().answer(['ses_a', 'ses_b'])
    expect(watch.getSnapshot()).toBe(before)
    expect(seen).toEqual([])
  })

  it('asks again when a session was created', async () => {
    const { calls, stream, ids } = await ready()
    stream().send({ type: 'session.created', session_id: 'ses_c' })
    await calls.next().answer(['ses_c', 'ses_a', 'ses_b'])
    expect(ids()).toEqual(['ses_c', 'ses_a', 'ses_b'])
  })

  it('drops an ended session before it has asked, and does not let an older answer bring it back', async () => {
    const { calls, watch, stream, ids } = await ready()
    void watch.refresh()
    stream().send({ type: 'session.ended', session_id: 'ses_b', reason: 'revoked' })
    expect(ids()).toEqual(['ses_a'])
    expect(watch.getSnapshot().totalCount).toBe(1)
    await calls.next().answer(['ses_a', 'ses_b'])
    expect(ids()).toEqual(['ses_a'])
    expect(watch.getSnapshot().totalCount).toBe(1)
    await calls.next().answer(['ses_a'])
    expect(ids()).toEqual(['ses_a'])
  })

  it('shares one request among refreshes that meet, and makes one more for all of them', async () => {
    const { calls, watch } = await ready()
    const before = calls.asked
    const all = Promise.all([watch.refresh(), watch.refresh(), watch.refresh(), watch.refresh()])
    await calls.next().answer(['ses_a'])
    await calls.next().answer(['ses_a'])
    await all
    expect(calls.asked - before).toBe(2)
  })

  it('ignores events that are no events', async () => {
    const { calls, stream } = await ready()
    const before = calls.asked
    for (const data of ['', 'null', '[]', '7', '{', undefined, '{"session_id":1}']) {
      stream().emit('session.ended', data)
    }
    expect(calls.asked).toBe(before)
  })

  it('shows a failure and keeps what it knew', async () => {
    const { calls, watch, ids } = await ready()
    const refreshed = watch.refresh()
    await calls.next().fail(network)
    await refreshed
    expect(watch.getSnapshot()).toMatchObject({ state: 'error', error: { code: 'network' } })
    expect(ids()).toEqual(['ses_a', 'ses_b'])
  })

  it('forgets everything when the last subscriber leaves, late answers included', async () => {
    const { calls, watch, stream, leave, page } = await ready()
    void watch.refresh()
    leave()
    expect(stream().isClosed).toBe(true)
    expect(page.delays()).toEqual([])
    await calls.next().answer(['ses_z'])
    expect(watch.getSnapshot()).toMatchObject({ state: 'loading', sessions: [] })
  })

  it('counts one listener that subscribed twice as two', async () => {
    const { watch, stream } = setUp()
    const listener = () => {}
    const leaveFirst = watch.subscribe(listener)
    watch.subscribe(listener)
    leaveFirst()
    leaveFirst()
    expect(stream().isClosed).toBe(false)
  })

  it('does nothing any more once it is closed', async () => {
    const { calls, watch, stream, page } = await ready()
    const before = calls.asked
    watch.close()
    watch.subscribe(() => {})
    await watch.refresh()
    expect(stream().isClosed).toBe(true)
    expect(page.delays()).toEqual([])
    expect(calls.asked).toBe(before)
  })
})

describe('the end of its own session', () => {
  it('is told with its reason, and nothing is asked afterwards', async () => {
    const { calls, watch, stream, page, seen } = await ready()
    const before = calls.asked
    stream().send({ type: 'session.ended', session_id: 'ses_a', reason: 'revoked', is_current: true })
    expect(watch.getSnapshot()).toMatchObject({ state: 'signed-out', endReason: 'revoked', sessions: [] })
    expect(seen).toEqual(['signed-out'])
    expect(stream().isClosed).toBe(true)
    expect([page.delays(), calls.asked]).toEqual([[], before])
  })

  it('is noticed by a 401, with no reason known', async () => {
    const { calls, watch } = await ready()
    void watch.refresh()
    await calls.next().fail(unauthorized)
    expect(watch.getSnapshot()).toMatchObject({ state: 'signed-out', endReason: null })
  })

  it('does not let an answer that was under way sign it in again', async () => {
    const { calls, watch, stream } = await ready()
    void watch.refresh()
    stream().send({ type: 'session.ended', session_id: 'ses_a', reason: 'expired', is_current: true })
    await calls.next().answer(['ses_a'])
    expect(watch.getSnapshot()).toMatchObject({ state: 'signed-out', endReason: 'expired' })
  })

  it('is a logout when it was ended from this list, whichever word comes first', async () => {
    const { calls, watch, stream } = await ready()
    calls.duringRevoke = () => {
      stream().send({ type: 'session.ended', session_id: 'ses_a', reason: 'revoked', is_current: true })
    }
    await watch.revokeSession('ses_a')
    expect(watch.getSnapshot()).toMatchObject({ state: 'signed-out', endReason: 'logout' })
  })

  it('comes with the ending of all sessions', async () => {
    const { watch } = await ready()
    await watch.revokeAllSessions()
    expect(watch.getSnapshot()).toMatchObject({ state: 'signed-out', endReason: 'logout' })
  })

  it('is over when a refresh succeeds, and the stream is opened again', async () => {
    const { calls, watch, stream, streams } = await ready()
    stream().send({ type: 'session.ended', session_id: 'ses_a', reason: 'logout', is_current: true })
    void watch.refresh()
    await calls.next().answer(['ses_a'])
    expect(watch.getSnapshot()).toMatchObject({ state: 'ready', endReason: null })
    expect(streams).toHaveLength(2)
  })
})

describe('ending sessions from the list', () => {
  it('drops the one that was ended and asks again', async () => {
    const { calls, watch, ids } = await ready()
    expect(await watch.revokeSession('ses_b')).toMatchObject({ revoked: true })
    expect([calls.revoked, ids()]).toEqual([['ses_b'], ['ses_a']])
    expect(calls.next().activity).toBe('background')
  })

  it('takes one that is gone already for ended', async () => {
    const { calls, watch, ids } = await ready()
    calls.failure = new SessionServiceError(404, 'not-found', 'There is no such session.')
    expect(await watch.revokeSession('ses_b')).toMatchObject({ revoked: false })
    expect(ids()).toEqual(['ses_a'])
  })

  it('keeps this session when the others are ended', async () => {
    const { watch, ids } = await ready(['ses_b', 'ses_a', 'ses_c'])
    await watch.revokeOtherSessions()
    expect(ids()).toEqual(['ses_a'])
  })

  it('rejects when the server cannot be reached, and drops nothing', async () => {
    const { calls, watch, ids } = await ready()
    calls.failure = network
    await expect(watch.revokeSession('ses_b')).rejects.toBe(network)
    await expect(watch.revokeAllSessions()).rejects.toBe(network)
    expect(ids()).toEqual(['ses_a', 'ses_b'])
  })

  it('rejects and is signed out when the session is over', async () => {
    const { calls, watch } = await ready()
    calls.failure = unauthorized
    await expect(watch.revokeSession('ses_b')).rejects.toBe(unauthorized)
    expect(watch.getSnapshot()).toMatchObject({ state: 'signed-out', endReason: null })
  })
})
