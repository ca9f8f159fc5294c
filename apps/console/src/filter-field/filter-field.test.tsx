// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { type ReactNode, useRef } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import { FilterField } from './filter-field.tsx'

vi.mock('../api/reports.ts', () => ({ fetchAnalytics: vi.fn(() => new Promise(() => {})) }))

const onChange = vi.fn()

function Field({ value = '', fault = null }: { value?: string; fault?: ApiError | null }): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  return (
    <QueryClientProvider client={new QueryClient()}>
      <FilterField value={value} onChange={onChange} fault={fault} inputRef={input} />
    </QueryClientProvider>
  )
}

const field = (): HTMLInputElement => screen.getByRole('combobox', { name: 'Filter' })

function type(text: string): void {
  fireEvent.change(field(), { target: { value: text, selectionStart: text.length } })
}

beforeEach(() => {
  vi.resetAllMocks()
  vi.useFakeTimers()
  Element.prototype.scrollIntoView = vi.fn()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

it('takes a value by keys, and applies it at once', () => {
  render(<Field />)
  type('state:')
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
    'liveActive now',
    'endedOver, for whatever reason',
  ])
  fireEvent.keyDown(field(), { key: 'ArrowDown' })
  expect(field().getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[0]?.id)
  fireEvent.keyDown(field(), { key: 'Enter' })
  expect(onChange).toHaveBeenCalledExactlyOnceWith('state:live')
  expect(field().value).toBe('state:live ')
  expect(screen.queryAllByRole('option')).toEqual([])
})

it('a key that is taken waits for its value', () => {
  render(<Field />)
  type('cou')
  fireEvent.keyDown(field(), { key: 'ArrowDown' })
  fireEvent.keyDown(field(), { key: 'Enter' })
  vi.runAllTimers()
  expect(field().value).toBe('country:')
  expect(onChange).not.toHaveBeenCalled()
})

it('takes effect when the typing rests, unless a word waits to be typed on', () => {
  render(<Field />)
  type('state:live browser:"Mobile')
  vi.runAllTimers()
  expect(onChange).not.toHaveBeenCalled()
  type('state:live browser:"Mobile Safari"')
  vi.runAllTimers()
  expect(onChange).toHaveBeenCalledExactlyOnceWith('state:live browser:"Mobile Safari"')
})

it('Enter applies whatever was typed, and Escape closes the list', () => {
  render(<Field />)
  type('co')
  fireEvent.keyDown(field(), { key: 'Escape' })
  expect(screen.queryAllByRole('option')).toEqual([])
  fireEvent.keyDown(field(), { key: 'Enter' })
  expect(onChange).toHaveBeenCalledExactlyOnceWith('co')
})

it('being left applies whatever was typed, and nothing where that is in effect', () => {
  render(<Field value="type:tv" />)
  fireEvent.blur(field())
  expect(onChange).not.toHaveBeenCalled()
  type('type:tv state')
  vi.runAllTimers()
  fireEvent.blur(field())
  expect(onChange).toHaveBeenCalledExactlyOnceWith('type:tv state')
})

it('marks the word at fault, says why, and leads to it', () => {
  const fault = new ApiError('It needs a country of two letters.', {
    status: 422,
    code: 'invalid-input',
    field: 'filter',
    fault: { word: 'country:Norway', position: 11 },
  })
  render(<Field value="state:live country:Norway" fault={fault} />)
  expect(field().getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByRole('alert').textContent).toBe('country:Norway: It needs a country of two letters.')
  fireEvent.click(screen.getByRole('button', { name: 'Show country:Norway in the filter' }))
  expect([field().selectionStart, field().selectionEnd]).toEqual([11, 25])
  type('state:live country:N')
  expect(screen.queryByRole('alert')).toBeNull()
})
