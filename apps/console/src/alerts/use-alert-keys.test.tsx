// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { setShortcuts } from './shortcut-setting.ts'
import { useAlertKeys } from './use-alert-keys.ts'

const keys = { next: vi.fn(), acknowledge: vi.fn(), close: vi.fn() }

function Page({ children }: { children?: ReactNode }): ReactNode {
  useAlertKeys(keys)
  return (
    <main>
      <div data-alerts>
        <button type="button">Row</button>
        <input type="checkbox" aria-label="Choose" />
      </div>
      <button type="button">Elsewhere</button>
      <input aria-label="Text" />
      <textarea aria-label="Note" />
      <select aria-label="Choice" />
      {children}
    </main>
  )
}

beforeEach(() => {
  vi.resetAllMocks()
  localStorage.clear()
})
afterEach(cleanup)

it('a letter acts wherever nothing is typed', () => {
  render(<Page />)
  fireEvent.keyDown(screen.getByText('Elsewhere'), { key: 'a' })
  fireEvent.keyDown(screen.getByLabelText('Choose'), { key: 'j' })
  expect(keys.acknowledge).toHaveBeenCalledTimes(1)
  expect(keys.next).toHaveBeenCalledTimes(1)
})

it('a key that is held walks on, and decides nothing', () => {
  render(<Page />)
  fireEvent.keyDown(document.body, { key: 'j', repeat: true })
  fireEvent.keyDown(document.body, { key: 'a', repeat: true })
  expect(keys.next).toHaveBeenCalledTimes(1)
  expect(keys.acknowledge).not.toHaveBeenCalled()
})

it.each(['Text', 'Note', 'Choice'])('no key acts in the field %s', (name) => {
  render(<Page />)
  fireEvent.keyDown(screen.getByLabelText(name), { key: 'a' })
  fireEvent.keyDown(screen.getByLabelText(name), { key: 'Escape' })
  expect(keys.acknowledge).not.toHaveBeenCalled()
  expect(keys.close).not.toHaveBeenCalled()
})

it('no key acts with another one held, nor while a dialog is open', () => {
  render(<Page />)
  for (const held of ['ctrlKey', 'altKey', 'metaKey'])
    fireEvent.keyDown(document.body, { key: 'a', [held]: true })
  cleanup()
  render(
    <Page>
      <div role="dialog" />
    </Page>,
  )
  fireEvent.keyDown(document.body, { key: 'a' })
  expect(keys.acknowledge).not.toHaveBeenCalled()
})

it('arrows act in the list, and scroll elsewhere', () => {
  render(<Page />)
  fireEvent.keyDown(screen.getByText('Row'), { key: 'ArrowDown' })
  fireEvent.keyDown(screen.getByText('Elsewhere'), { key: 'ArrowDown' })
  expect(keys.next).toHaveBeenCalledTimes(1)
})

it('letters can be turned off, and arrows stay', () => {
  render(<Page />)
  setShortcuts('off')
  cleanup()
  render(<Page />)
  fireEvent.keyDown(document.body, { key: 'a' })
  expect(keys.acknowledge).not.toHaveBeenCalled()
  fireEvent.keyDown(screen.getByText('Row'), { key: 'ArrowDown' })
  expect(keys.next).toHaveBeenCalledTimes(1)
})
