import { SessionServiceError } from 'latchkey/client'
import type { LiveDevices, LiveSessions } from 'latchkey/react'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { takeIntendedDeparture } from '../sign-in/intended-departure.ts'
import { endSessionsThere, forget } from './device-confirmations.tsx'
import { sampleDevice } from './device-fixture.fake.ts'

const refresh = vi.fn(() => Promise.resolve())
const forgetDevice = vi.fn()
const endDeviceSessions = vi.fn()
const live = { refresh } as unknown as LiveSessions
const devices = { forgetDevice, endDeviceSessions } as unknown as LiveDevices

beforeEach(() => {
  vi.resetAllMocks()
  takeIntendedDeparture()
})

function words(consequence: ReactNode): string {
  return renderToStaticMarkup(<div>{consequence}</div>)
}

describe('forgetting a device', () => {
  it('says what goes with it, and that the next sign-in there is on a new one', () => {
    const said = words(
      forget(sampleDevice({ name: 'Work laptop', active_sessions: 2 }), devices, live).consequence,
    )
    expect(said).toContain('Work laptop')
    expect(said).toContain('Its 2 sessions end at once.')
    expect(said).toContain('new device')
    expect(said).not.toContain('sign-in page')
  })

  it('says nothing of sessions where there are none', () => {
    const said = words(forget(sampleDevice({ active_sessions: 0 }), devices, live).consequence)
    expect(said).not.toContain('session')
  })

  it('leaves for the sign-in page where it is this very device', async () => {
    forgetDevice.mockResolvedValue({})
    const confirmation = forget(sampleDevice({ is_current: true }), devices, live)
    expect(words(confirmation.consequence)).toContain('you go to the sign-in page')
    await confirmation.confirm()
    expect(takeIntendedDeparture()).toBe('logout')
    expect(refresh).toHaveBeenCalled()
  })

  it('is content where somebody else forgot it first, and tells of any other failure', async () => {
    const confirmation = forget(sampleDevice(), devices, live)
    forgetDevice.mockRejectedValueOnce(new SessionServiceError(404, 'not-found', 'There is none.', null))
    await confirmation.confirm()
    expect(takeIntendedDeparture()).toBeNull()
    forgetDevice.mockRejectedValueOnce(new SessionServiceError(503, 'unavailable', 'Later.', null))
    await expect(confirmation.confirm()).rejects.toThrow('Later.')
  })
})

it('ends the sessions of a device, and keeps it', async () => {
  endDeviceSessions.mockResolvedValue({})
  const confirmation = endSessionsThere(sampleDevice({ active_sessions: 3 }), devices, live)
  expect(confirmation.title).toBe('End 3 sessions on this device?')
  expect(words(confirmation.consequence)).toContain('It stays on your list')
  await confirmation.confirm()
  expect(endDeviceSessions).toHaveBeenCalledWith('dev_a')
  expect(forgetDevice).not.toHaveBeenCalled()
})
