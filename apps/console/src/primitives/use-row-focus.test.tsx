// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { type ReactNode, useRef } from 'react'
import { afterEach, expect, it } from 'vitest'
import { useRowFocus } from './use-row-focus.ts'

function Rows({ ids }: { ids: readonly string[] }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  const { listRef } = useRowFocus(ids, heading)
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        Rows
      </h2>
      <div ref={listRef}>
        {ids.map((id) => (
          <p key={id} data-row={id}>
            <button type="button">{id}</button>
          </p>
        ))}
      </div>
    </>
  )
}

afterEach(cleanup)

it('moves the focus to the row that takes the place of the one that has gone', () => {
  const { rerender } = render(<Rows ids={['a', 'b', 'c']} />)
  screen.getByText('b').focus()
  rerender(<Rows ids={['a', 'c']} />)
  expect(document.activeElement).toBe(screen.getByText('c'))
})

it('moves the focus to the last row when the last one has gone', () => {
  const { rerender } = render(<Rows ids={['a', 'b']} />)
  screen.getByText('b').focus()
  rerender(<Rows ids={['a']} />)
  expect(document.activeElement).toBe(screen.getByText('a'))
})

it('moves the focus to the heading when no row is left', () => {
  const { rerender } = render(<Rows ids={['a']} />)
  screen.getByText('a').focus()
  rerender(<Rows ids={[]} />)
  expect(document.activeElement).toBe(screen.getByText('Rows'))
})

it('leaves the focus alone when another row goes', () => {
  const { rerender } = render(<Rows ids={['a', 'b']} />)
  screen.getByText('b').focus()
  rerender(<Rows ids={['b']} />)
  expect(document.activeElement).toBe(screen.getByText('b'))
})
