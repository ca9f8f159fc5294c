import type { UserSession } from 'latchkey/client'
import type { LiveSessions } from 'latchkey/react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it, vi } from 'vitest'
import { sampleDevice } from '../devices/device-fixture.fake.ts'
import { takeIntendedDeparture } from '../sign-in/intended-departure.ts'
import { endEverywhere, endOne, endOthers } from './end-confirmations.tsx'
import { sampleSession } from './session-fixture.fake.ts'

function session(id: string, more: Partial<UserSession> = {}): UserSession {
  return sampleSession({ id, ...more })
}

function live(): LiveSessions {
  return {
    state: 'ready',
    sessions: [],
    totalCount: 0,
    live: 'stream',
    error: null,
    endReason: null,
    refresh: vi.fn(),
    revokeSession: vi.fn(() => Promise.resolve({ message: '', revoked: true })),
    revokeOtherSessions: vi.fn(),
    revokeAllSessions: vi.fn(() =>
      Promise.resolve({ message: '', revoked_count: 2, current: 'revoked' as const }),
    ),
  }
}

it('names the device and the place before it ends one', async () => {
  const sessions = live()
  const confirmation = endOne(session('ses_1'), null, sessions)
  const words = renderToStaticMarkup(confirmation.consequence)
  expect(words).toContain('Chrome on Windows 11')
  expect(words).toContain('Oslo, Norway')
  expect(words).toMatch(/signed in on .*2026/)
  await confirmation.confirm()
  expect(sessions.revokeSession).toHaveBeenCalledWith('ses_1')
  expect(takeIntendedDeparture()).toBeNull()
})

it('calls a device what its user calls it', () => {
  const laptop = sampleDevice({ name: 'Work laptop' })
  const one = endOne(session('ses_1'), laptop, live())
  expect(renderToStaticMarkup(one.consequence)).toContain('Work laptop')
  const others = endOthers([session('a')], () => laptop, { ...live(), totalCount: 2 })
  expect(renderToStaticMarkup(others.consequence)).toContain('Work laptop')
})

it('says of this session that one leaves', async () => {
  const confirmation = endOne(session('ses_1', { is_current: true }), null, live())
  expect(confirmation.title).toBe('Sign out of this device?')
  await confirmation.confirm()
  expect(takeIntendedDeparture()).toBe('logout')
})

it('counts the others and says that this one stays', () => {
  const confirmation = endOthers([session('a'), session('b')], () => null, live())
  expect(confirmation.title).toBe('End 2 other sessions?')
  expect(renderToStaticMarkup(confirmation.consequence)).toContain('You stay signed in')
})

it('counts those, too, that are not in the list', () => {
  const confirmation = endOthers([session('a')], () => null, { ...live(), totalCount: 251 })
  expect(confirmation.action).toBe('End 250 sessions')
  expect(renderToStaticMarkup(confirmation.consequence)).toContain('and 249 more')
})

it('says that everywhere is here, too', async () => {
  const confirmation = endEverywhere({ ...live(), totalCount: 2 })
  const words = renderToStaticMarkup(confirmation.consequence)
  expect(words).toContain('Your 2 sessions end at once')
  expect(words).toContain('on this device too')
  await confirmation.confirm()
  expect(takeIntendedDeparture()).toBe('everywhere')
})
