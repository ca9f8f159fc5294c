// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, screen, waitFor } from '@testing-library/react'
import type { UserOverviewResponse } from 'latchkey/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { renderInRouter } from '../links/render-in-router.fake.tsx'
import { UserPage } from './user-page.tsx'

const { fetchUserOverview } = vi.hoisted(() => ({ fetchUserOverview: vi.fn() }))
vi.mock('../api/reports.ts', () => ({ fetchUserOverview }))
vi.mock('../api/administration.ts', () => ({
  fetchAudit: () => Promise.resolve({ entries: [], next_cursor: null }),
  fetchManagedSessions: () => Promise.resolve({ sessions: [], next_cursor: null }),
}))
vi.mock('../api/alerts.ts', () => ({ fetchAlerts: () => Promise.resolve({ alerts: [], next_cursor: null }) }))
vi.mock('../live/use-live-reports.ts', () => ({ useLiveReports: () => 'stream' }))
vi.mock('../layout/use-me.ts', () => ({ useMe: () => ({ user: { id: 'usr_admin' } }) }))
vi.mock('../places/place-data-line.tsx', () => ({ PlaceDataLine: () => null }))
vi.mock('./user-devices-panel.tsx', () => ({ UserDevicesPanel: () => null }))
vi.mock('@tanstack/react-router', async (original) => ({
  ...(await original<object>()),
  useParams: () => ({ userId: 'customer-1' }),
}))

const nobody: UserOverviewResponse = {
  user_id: 'customer-1',
  user_label: null,
  disabled: false,
  active_sessions: 0,
  total_sessions: 0,
  first_seen: null,
  last_seen: null,
  places: [],
  history: { state: 'learning', sign_ins: 0, active_days: 0, countries: [] },
  open_alerts: 0,
}

const client = new QueryClient()

function show(): void {
  renderInRouter(
    <QueryClientProvider client={client}>
      <UserPage />
    </QueryClientProvider>,
  )
}

beforeEach(() => {
  vi.resetAllMocks()
  client.clear()
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('whoever is not on record cannot be disabled', async () => {
  fetchUserOverview.mockResolvedValue(nobody)
  show()
  await screen.findByText('Nothing is known of this user')
  expect(screen.queryAllByRole('button')).toEqual([])
})

it('whoever is erased meanwhile is not there any more', async () => {
  fetchUserOverview.mockResolvedValueOnce({ ...nobody, total_sessions: 1 }).mockResolvedValue(nobody)
  show()
  await screen.findByRole('button', { name: 'Disable user…' })
  expect(screen.queryByText('Nothing is known of this user')).toBeNull()
  await client.invalidateQueries({ queryKey: ['user'] })
  await screen.findByText('Nothing is known of this user')
  await waitFor(() => expect(screen.queryAllByRole('button')).toEqual([]))
})

it.each<Partial<UserOverviewResponse>>([
  { user_label: 'ann@example.com' },
  { disabled: true },
  { open_alerts: 1 },
  { history: { ...nobody.history, sign_ins: 1 } },
])('one with %j is somebody', async (more) => {
  fetchUserOverview.mockResolvedValue({ ...nobody, ...more })
  show()
  await screen.findByRole('button', { name: /^(?:Dis|En)able user/ })
})
