// @vitest-environment jsdom
import { QueryClient, QueryClientProvider, type UseQueryResult } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import type { AlertsResponse } from 'latchkey/client'
import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import { sampleAlert } from './alert-fixture.fake.ts'
import { Inbox } from './inbox.tsx'

const { changeAlert } = vi.hoisted(() => ({ changeAlert: vi.fn() }))
vi.mock('../api/alerts.ts', () => ({ changeAlert }))
vi.mock('../filters/pager.tsx', () => ({ Pager: () => null }))
vi.mock('./alert-detail.tsx', () => ({ AlertDetail: () => null }))
vi.mock('@tanstack/react-router', () => ({ Link: ({ children }: { children: ReactNode }) => children }))

const high = sampleAlert({ id: 'high', title: 'Impossible travel', version: 4 })
const low = sampleAlert({ id: 'low', title: 'New device', severity: 'low' })
const open = vi.fn()

function show(alerts = [low, high]): void {
  const counts = { open: alerts.length, acknowledged: 0, resolved: 0, 'false-alarm': 0 }
  const result = { isSuccess: true, isPending: false, data: { alerts, next_cursor: null, counts } }
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Tooltip.Provider>
        <Inbox
          searchState={{ search: {}, change: vi.fn(), open, turn: vi.fn() }}
          result={result as unknown as UseQueryResult<AlertsResponse>}
          showKeys={vi.fn()}
        />
      </Tooltip.Provider>
    </QueryClientProvider>,
  )
}

const focused = (): string | null =>
  document.activeElement?.closest('[data-row]')?.getAttribute('data-row') ?? null
const press = (key: string): boolean => fireEvent.keyDown(document.activeElement ?? document.body, { key })

beforeEach(() => {
  vi.resetAllMocks()
  localStorage.clear()
  changeAlert.mockImplementation((id: string) => Promise.resolve(sampleAlert({ id, state: 'acknowledged' })))
})
afterEach(cleanup)

it('is walked through by keys, what matters most first', () => {
  show()
  press('j')
  expect(focused()).toBe('high')
  press('ArrowDown')
  expect(focused()).toBe('low')
  press('j')
  expect(focused()).toBe('low')
  press('k')
  expect(focused()).toBe('high')
})

it.each([
  ['a', 'acknowledged'],
  ['r', 'resolved'],
  ['f', 'false-alarm'],
])('%s has the one with the focus %s, as it was seen', async (key, state) => {
  show()
  press('j')
  press(key)
  await waitFor(() => expect(changeAlert).toHaveBeenCalledExactlyOnceWith('high', { state }, 4))
})

it('a second key waits for what the first one changes', () => {
  changeAlert.mockReturnValue(new Promise(() => {}))
  show()
  press('j')
  press('a')
  press('r')
  expect(changeAlert).toHaveBeenCalledExactlyOnceWith('high', { state: 'acknowledged' }, 4)
})

it('a key does nothing while none has the focus', () => {
  show()
  press('a')
  expect(changeAlert).not.toHaveBeenCalled()
})

it('acknowledges those that are chosen, and says what did not work', async () => {
  show()
  fireEvent.click(screen.getByLabelText('Choose all shown'))
  changeAlert.mockRejectedValueOnce(new ApiError('', { status: 409, code: 'conflict' }))
  fireEvent.click(screen.getByRole('button', { name: 'Acknowledge' }))
  expect((await screen.findByRole('alert')).textContent).toContain('1 alert of 2 changed.')
  expect(changeAlert).toHaveBeenCalledTimes(2)
})

it('says that nothing is odd, and that detectors learn first', () => {
  show([])
  expect(screen.getByText('Nothing odd')).toBeTruthy()
  expect(screen.getByText(/first learn what is usual/)).toBeTruthy()
})
