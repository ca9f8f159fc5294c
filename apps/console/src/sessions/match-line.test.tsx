// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { MatchLine } from './match-line.tsx'
import type { FilterState } from './use-session-filters.ts'

vi.mock('../saved-filters/saved-filters.tsx', () => ({ SavedFilters: () => null }))
vi.mock('./use-managed-sessions.ts', () => ({ useSessionCount: () => ({ data: { count: 6 } }) }))

function show(filter: string): void {
  const filterState: FilterState = { filters: {}, filter, show: vi.fn(), narrow: vi.fn(), turn: vi.fn() }
  render(<MatchLine filterState={filterState} />)
}

const ending = (): HTMLElement | null => screen.queryByRole('button', { name: /^End all/ })

afterEach(cleanup)

it('what conditions find can be ended at once', () => {
  show('user:ann state:live')
  expect(ending()?.textContent).toBe('End all 6 sessions…')
})

it('what a bare word finds cannot, and it says what to do instead', () => {
  show('state:live ann@example.com')
  expect(ending()).toBeNull()
  expect(screen.getByText(/say whose they are/)).toBeTruthy()
})
