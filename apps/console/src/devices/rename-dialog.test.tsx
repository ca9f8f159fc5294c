// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { sampleDevice } from './device-fixture.fake.ts'
import { RenameDialog } from './rename-dialog.tsx'

const laptop = sampleDevice({ name: 'Work laptop' })

afterEach(cleanup)

function open(rename: (...given: unknown[]) => Promise<void>) {
  const onClose = vi.fn()
  render(<RenameDialog device={laptop} rename={rename} onClose={onClose} onReturnFocus={() => {}} />)
  const field = screen.getByLabelText<HTMLInputElement>('Name')
  const save = (name: string): void => {
    fireEvent.change(field, { target: { value: name } })
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  }
  return { field, save, onClose }
}

it('begins with the name that it has, and saves the new one without the blanks around it', async () => {
  const rename = vi.fn(() => Promise.resolve())
  const { field, save, onClose } = open(rename)
  expect(field.value).toBe('Work laptop')
  save('  Desk ')
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(rename).toHaveBeenCalledWith(laptop, 'Desk')
})

it.each(['', '   '])('takes the name away where it is left empty: "%s"', async (name) => {
  const rename = vi.fn(() => Promise.resolve())
  open(rename).save(name)
  await waitFor(() => expect(rename).toHaveBeenCalledWith(laptop, null))
})

it('says in place that a name is too long, counting characters as people do, and sends nothing', () => {
  const rename = vi.fn(() => Promise.resolve())
  const { field, save } = open(rename)
  save('🏠'.repeat(61))
  expect(rename).not.toHaveBeenCalled()
  expect(field.getAttribute('aria-invalid')).toBe('true')
  const note = document.getElementById(field.getAttribute('aria-describedby') ?? '')
  expect(note?.textContent).toBe('A name has at most 60 characters; this one has 61.')
  save('🏠'.repeat(60))
  expect(rename).toHaveBeenCalled()
})

it('says in place why the server refused, and stays', async () => {
  const { field, save, onClose } = open(() =>
    Promise.reject(new Error('The name holds what cannot be shown.')),
  )
  save('Desk')
  await screen.findByText('The name holds what cannot be shown.')
  expect(field.value).toBe('Desk')
  expect(onClose).not.toHaveBeenCalled()
})
