// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import type { OwnAlert } from 'latchkey/client'
import type { LiveSessions } from 'latchkey/react'
import { Tooltip } from 'radix-ui'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { sampleSession } from '../security/session-fixture.fake.ts'
import { takeIntendedDeparture } from '../sign-in/intended-departure.ts'
import { OwnAlerts } from './own-alerts.tsx'

const { fetchOwnAlerts, answerOwnAlert } = vi.hoisted(() => ({
  fetchOwnAlerts: vi.fn(),
  answerOwnAlert: vi.fn(),
}))
vi.mock('../api/alerts.ts', () => ({ fetchOwnAlerts, answerOwnAlert }))

const alert: OwnAlert = {
  id: 'alr_1',
  title: 'New country',
  severity: 'medium',
  reason: 'First sign-in in Germany.',
  at: '2026-11-28T10:00:00.000Z',
  session_id: 'ses_b',
  session_active: true,
  device: 'Firefox on Linux',
  location: 'Berlin, Germany',
  count: 1,
  answer: null,
  may_confirm: true,
}
const sessions = [sampleSession({ id: 'ses_a', is_current: true }), sampleSession({ id: 'ses_b' })]
const live = { state: 'ready', sessions } as unknown as LiveSessions

function show(alerts: readonly OwnAlert[]): void {
  fetchOwnAlerts.mockResolvedValue({ alerts })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Tooltip.Provider>
        <OwnAlerts live={live} onChangePassword={vi.fn()} />
      </Tooltip.Provider>
    </QueryClientProvider>,
  )
}

beforeEach(() => vi.resetAllMocks())
afterEach(cleanup)

it('asks about what has no answer yet, and about nothing else', async () => {
  show([{ ...alert, id: 'alr_2', title: 'New device', answer: 'me' }])
  await waitFor(() => expect(fetchOwnAlerts).toHaveBeenCalled())
  expect(screen.queryByText('Was this you?')).toBeNull()
  cleanup()
  show([alert])
  await screen.findByText('Firefox on Linux, Berlin, Germany', { exact: false })
})

it('of two alerts of one kind a screen reader tells the answers apart', async () => {
  show([alert, { ...alert, id: 'alr_2' }])
  await screen.findByRole('button', { name: 'No, sign it out: New country, 1 of 2' })
  screen.getByRole('button', { name: 'Yes, this was me: New country, 2 of 2' })
})

it('a no says what it ended, and offers another password', async () => {
  answerOwnAlert.mockResolvedValue({ message: '', answer: 'not-me', revoked_count: 1 })
  show([alert])
  fireEvent.click(await screen.findByRole('button', { name: 'No, sign it out: New country' }))
  await screen.findByText('That session was signed out at once.', { exact: false })
  expect(answerOwnAlert).toHaveBeenCalledExactlyOnceWith('alr_1', { answer: 'not-me', count: 1 })
  expect(screen.getByRole('button', { name: 'Change your password' })).toBeTruthy()
  expect(takeIntendedDeparture()).toBeNull()
})

it('a no about this very session is a departure that was meant', async () => {
  answerOwnAlert.mockResolvedValue({ message: '', answer: 'not-me', revoked_count: 1 })
  show([{ ...alert, session_id: 'ses_a' }])
  fireEvent.click(await screen.findByRole('button', { name: /^No/ }))
  await waitFor(() => expect(takeIntendedDeparture()).toBe('revoked'))
})

it('a yes is not taken where whoever signed in could say it themselves', async () => {
  show([{ ...alert, session_id: 'ses_a', may_confirm: false }])
  await screen.findByRole('button', { name: /^No/ })
  expect(screen.queryByRole('button', { name: /^Yes/ })).toBeNull()
  expect(screen.getByText(/follow the link in the mail/)).toBeTruthy()
})

it('what did not work is said, and asked on', async () => {
  answerOwnAlert.mockRejectedValue(new Error('The server could not be reached.'))
  show([alert])
  fireEvent.click(await screen.findByRole('button', { name: /^Yes/ }))
  expect((await screen.findByRole('alert')).textContent).toContain('could not be reached')
  expect(screen.getByRole('button', { name: /^Yes/ })).toBeTruthy()
})
