import { describe, expect, it } from 'vitest'
import { device, readyDevices } from './live-devices.fake.ts'
import { network, unauthorized } from './live-list.fake.ts'
import { SessionServiceError } from './session-service-error.ts'

const told = (event: object) => JSON.stringify({ at: '2026-01-01T00:00:00.000Z', ...event })

describe('the live list of devices', () => {
  it('loads in the name of its user, then in the background', async () => {
    const { calls, watch, ids } = await readyDevices()
    expect(calls.activities).toEqual(['user', 'background'])
    expect(ids()).toEqual(['dev_a', 'dev_b'])
    expect(watch.getSnapshot()).toMatchObject({ state: 'ready', totalCount: 2, live: 'stream' })
  })

  it.each(['device.added', 'device.changed'])('asks again at %s', async (type) => {
    const { calls, stream, ids } = await readyDevices()
    stream.emit(type, told({ device_id: 'dev_c' }))
    await calls.answer(device('dev_c'), device('dev_a'))
    expect(ids()).toEqual(['dev_c', 'dev_a'])
  })

  it.each(['session.created', 'session.ended'])(
    'asks again at %s, which changes their counts',
    async (type) => {
      const { calls, stream } = await readyDevices()
      stream.emit(type, told({ session_id: 'ses_b', reason: 'logout', is_current: false }))
      expect(calls.waiting).toBe(1)
    },
  )

  it('asks nothing for what is no event', async () => {
    const { calls, stream } = await readyDevices()
    for (const data of ['', 'null', '{"session_id":"ses_b"}', '{"device_id":1}'])
      stream.emit('device.added', data)
    expect(calls.waiting).toBe(0)
  })

  it('drops a forgotten device at once, and no older answer brings it back', async () => {
    const { calls, stream, watch, ids } = await readyDevices()
    void watch.refresh()
    stream.emit('device.forgotten', told({ device_id: 'dev_b' }))
    expect(ids()).toEqual(['dev_a'])
    await calls.answer(device('dev_a'), device('dev_b'))
    expect([ids(), watch.getSnapshot().totalCount]).toEqual([['dev_a'], 1])
  })

  it('is signed out with its session, for the reason that the event gives', async () => {
    const { stream, watch } = await readyDevices()
    stream.emit('session.ended', told({ session_id: 'ses_a', reason: 'revoked', is_current: true }))
    expect(watch.getSnapshot()).toMatchObject({ state: 'signed-out', endReason: 'revoked', devices: [] })
    expect(stream.isClosed).toBe(true)
  })

  it('shows a failure and keeps what it knew', async () => {
    const { calls, watch, ids } = await readyDevices()
    void watch.refresh()
    await calls.fail(network)
    expect(watch.getSnapshot()).toMatchObject({ state: 'error', error: { code: 'network' } })
    expect(ids()).toEqual(['dev_a', 'dev_b'])
  })
})

describe('changing devices from the list', () => {
  it('shows each change at once', async () => {
    const { calls, watch } = await readyDevices()
    await watch.renameDevice('dev_b', 'Kitchen')
    expect(watch.getSnapshot().devices[1]?.name).toBe('Kitchen')
    await watch.trustDevice('dev_b', 60)
    expect(watch.getSnapshot().devices[1]?.trusted_until).not.toBeNull()
    await watch.untrustDevice('dev_b')
    expect(watch.getSnapshot().devices[1]?.trusted_until).toBeNull()
    expect(calls.made).toEqual(['rename dev_b Kitchen', 'trust dev_b 60', 'untrust dev_b'])
  })

  it('takes a forgotten one off', async () => {
    const { watch, ids } = await readyDevices()
    expect(await watch.forgetDevice('dev_b')).toMatchObject({ forgotten: true })
    expect(ids()).toEqual(['dev_a'])
  })

  it('keeps one whose sessions were ended, and asks again', async () => {
    const { calls, watch, ids } = await readyDevices()
    await watch.endDeviceSessions('dev_b')
    expect([ids(), calls.waiting]).toEqual([['dev_a', 'dev_b'], 1])
  })

  it.each(['forgetDevice', 'endDeviceSessions'] as const)('%s of this device signs out', async (method) => {
    const { calls, watch, seen } = await readyDevices()
    calls.current = 'revoked'
    await watch[method]('dev_a')
    expect(watch.getSnapshot()).toMatchObject({ state: 'signed-out', endReason: 'logout' })
    expect(seen).toEqual(['signed-out'])
  })

  it('rejects and drops nothing when it fails, and is signed out when its session is over', async () => {
    const { calls, watch, ids } = await readyDevices()
    calls.failure = new SessionServiceError(404, 'not-found', 'There is no such device.')
    await expect(watch.forgetDevice('dev_b')).rejects.toBe(calls.failure)
    expect(ids()).toEqual(['dev_a', 'dev_b'])
    calls.failure = unauthorized
    await expect(watch.renameDevice('dev_b', null)).rejects.toBe(unauthorized)
    expect(watch.getSnapshot()).toMatchObject({ state: 'signed-out', endReason: null })
  })
})
