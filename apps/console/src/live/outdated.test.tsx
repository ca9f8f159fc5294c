// @vitest-environment jsdom
import type { UseQueryResult } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { Tooltip } from 'radix-ui'
import { afterEach, expect, it, vi } from 'vitest'
import { Outdated } from './outdated.tsx'

afterEach(cleanup)

function result(changes: Partial<UseQueryResult<unknown>> = {}): UseQueryResult<unknown> {
  const current = { isRefetchError: false, isFetching: false, dataUpdatedAt: Date.now(), error: null }
  return { ...current, refetch: vi.fn(), ...changes } as unknown as UseQueryResult<unknown>
}

function show(...results: UseQueryResult<unknown>[]): void {
  render(
    <Tooltip.Provider>
      <Outdated what="The list" results={results} />
    </Tooltip.Provider>,
  )
}

const failed = (changes: object = {}) =>
  result({ isRefetchError: true, error: new Error('The database is away.'), ...changes })

it('says nothing while everything is current', () => {
  show(result(), result())
  expect(screen.queryByRole('status')).toBeNull()
})

it('says of when the oldest is, why, and asks anew for what failed, and for that alone', () => {
  const [fine, old, older] = [
    result(),
    failed({ dataUpdatedAt: Date.now() - 120_000 }),
    failed({ dataUpdatedAt: Date.now() - 3_600_000 }),
  ]
  show(fine, old, older)
  const { textContent } = screen.getByRole('status')
  expect(textContent).toMatch(
    /The list could not be brought up to date; what you see is from (an|1) hour ago/,
  )
  expect(textContent).toContain('The database is away.')
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(old.refetch).toHaveBeenCalledOnce()
  expect(older.refetch).toHaveBeenCalledOnce()
  expect(fine.refetch).not.toHaveBeenCalled()
})
