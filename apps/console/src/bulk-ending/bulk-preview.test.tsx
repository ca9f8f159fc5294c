// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { Dialog, Tooltip } from 'radix-ui'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import { BulkPreview } from './bulk-preview.tsx'

const { previewBulkEnding, startBulkEnding } = vi.hoisted(() => ({
  previewBulkEnding: vi.fn(),
  startBulkEnding: vi.fn(),
}))
vi.mock('../api/bulk-endings.ts', () => ({ previewBulkEnding, startBulkEnding }))

const onStarted = vi.fn()

async function show(count: number): Promise<void> {
  previewBulkEnding.mockResolvedValue({ filter: 'country:NO', count, users: 2, sample: [] })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Tooltip.Provider>
        <Dialog.Root open>
          <BulkPreview filter="country:NO" onStarted={onStarted} />
        </Dialog.Root>
      </Tooltip.Provider>
    </QueryClientProvider>,
  )
  await screen.findByRole('button', { name: /^End / })
}

const button = (): HTMLButtonElement => screen.getByRole('button', { name: /^End / })

function typeCount(text: string): void {
  fireEvent.change(screen.getByLabelText(/^Type /), { target: { value: text } })
}

beforeEach(() => vi.resetAllMocks())
afterEach(cleanup)

it('ends nothing before the count is typed, and then exactly what was counted', async () => {
  startBulkEnding.mockResolvedValue({ id: 'blk_1' })
  await show(3212)
  expect(button().disabled).toBe(true)
  typeCount('3211')
  expect(button().disabled).toBe(true)
  typeCount('3,212')
  fireEvent.click(button())
  await waitFor(() => expect(onStarted).toHaveBeenCalledWith({ id: 'blk_1' }))
  expect(startBulkEnding).toHaveBeenCalledExactlyOnceWith({ filter: 'country:NO', expected: 3212, note: '' })
})

it('asks anew where the count is another one by now', async () => {
  startBulkEnding.mockRejectedValue(new ApiError('', { status: 409, code: 'count-changed', count: 3215 }))
  await show(3212)
  typeCount('3212')
  previewBulkEnding.mockResolvedValue({ filter: 'country:NO', count: 3215, users: 2, sample: [] })
  fireEvent.click(button())
  expect((await screen.findByRole('alert')).textContent).toContain('there are 3,215 by now')
  await screen.findByLabelText('Type 3,215 to confirm')
  expect(button().disabled).toBe(true)
  expect(onStarted).not.toHaveBeenCalled()
})

it('has nothing to confirm where nothing matches', async () => {
  await show(0)
  typeCount('0')
  expect(button().disabled).toBe(true)
})
