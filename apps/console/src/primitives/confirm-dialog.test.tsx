// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { type Confirmation, ConfirmDialog } from './confirm-dialog.tsx'

afterEach(cleanup)

function open(confirm: Confirmation['confirm'], more: Partial<Confirmation> = {}): { onClose: () => void } {
  const onClose = vi.fn()
  const confirmation = {
    title: 'End it?',
    consequence: <p>It ends.</p>,
    action: 'End',
    busy: 'Ending…',
    confirm,
    ...more,
  }
  render(<ConfirmDialog confirmation={confirmation} onClose={onClose} onReturnFocus={() => undefined} />)
  return { onClose }
}

it('says what will happen and begins at the harmless button', () => {
  open(() => Promise.resolve())
  expect(screen.getByRole('alertdialog', { name: 'End it?' }).textContent).toContain('It ends.')
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }))
})

it('closes when it is done', async () => {
  const { onClose } = open(() => Promise.resolve())
  fireEvent.click(screen.getByRole('button', { name: 'End' }))
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
})

it('stays and says why when it fails, and can be tried again', async () => {
  const { onClose } = open(() => Promise.reject(new Error('The server could not be reached.')))
  fireEvent.click(screen.getByRole('button', { name: 'End' }))
  expect((await screen.findByRole('alert')).textContent).toContain('could not be reached')
  expect(onClose).not.toHaveBeenCalled()
  expect(screen.getByRole('button', { name: 'End' })).toBeDefined()
})

it('does nothing before what has to be typed is typed, and hands on why', async () => {
  const confirm = vi.fn(() => Promise.resolve())
  open(confirm, { typed: 'everybody', noteLabel: 'Why' })
  const button = screen.getByRole('button', { name: 'End' })
  fireEvent.change(screen.getByLabelText('Why'), { target: { value: ' A leak ' } })
  fireEvent.change(screen.getByLabelText(/^Type/), { target: { value: 'every' } })
  fireEvent.click(button)
  expect(confirm).not.toHaveBeenCalled()
  fireEvent.change(screen.getByLabelText(/^Type/), { target: { value: 'everybody' } })
  fireEvent.click(button)
  await waitFor(() => expect(confirm).toHaveBeenCalledExactlyOnceWith('A leak'))
})

it('does it once, however often the button is pressed', async () => {
  const confirm = vi.fn(() => new Promise<void>(() => undefined))
  open(confirm)
  fireEvent.click(screen.getByRole('button', { name: 'End' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Ending…' }))
  expect(confirm).toHaveBeenCalledOnce()
})
