// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { ManageFiltersDialog } from './manage-filters-dialog.tsx'

afterEach(cleanup)

it('a filter is not renamed to the name of another one, whose place it would take', async () => {
  const rename = vi.fn(async () => {})
  const saved = ['Phones', 'TVs'].map((name) => ({
    name,
    filter: 'type:tv',
    created_at: '2026-11-29T12:00:00.000Z',
  }))
  const never = (): void => {}
  render(
    <ManageFiltersDialog
      isOpen
      saved={saved}
      rename={rename}
      remove={async () => {}}
      onClose={never}
      onReturnFocus={never}
    />,
  )
  fireEvent.click(screen.getByRole('button', { name: 'Rename TVs' }))
  const field = screen.getByLabelText('New name of TVs')
  fireEvent.change(field, { target: { value: 'Phones ' } })
  fireEvent.click(screen.getByRole('button', { name: 'Save name' }))
  expect(screen.getByRole('alert').textContent).toBe('There is a filter of that name already.')
  expect(rename).not.toHaveBeenCalled()
  fireEvent.change(field, { target: { value: 'Televisions' } })
  fireEvent.click(screen.getByRole('button', { name: 'Save name' }))
  await waitFor(() => expect(rename).toHaveBeenCalledWith('TVs', 'Televisions', 'type:tv'))
})
