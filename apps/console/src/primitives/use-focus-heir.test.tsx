// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { type ReactNode, type RefObject, useRef } from 'react'
import { afterEach, expect, it } from 'vitest'
import { useFocusHeir } from './use-focus-heir.ts'

function Failure({ heir }: { heir: RefObject<HTMLElement | null> }): ReactNode {
  return (
    <div ref={useFocusHeir(heir)}>
      <button type="button">Try again</button>
    </div>
  )
}

function Place({ state }: { state: 'failed' | 'ready' }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        Sessions
      </h2>
      <button type="button">Elsewhere</button>
      {state === 'failed' ? <Failure heir={heading} /> : null}
    </>
  )
}

afterEach(cleanup)

it('hands the focus on when the button that had it has gone', async () => {
  const { rerender } = render(<Place state="failed" />)
  screen.getByText('Try again').focus()
  rerender(<Place state="ready" />)
  await waitFor(() => expect(document.activeElement).toBe(screen.getByText('Sessions')))
})

it('leaves the focus alone when it is elsewhere', async () => {
  const { rerender } = render(<Place state="failed" />)
  screen.getByText('Elsewhere').focus()
  rerender(<Place state="ready" />)
  await Promise.resolve()
  expect(document.activeElement).toBe(screen.getByText('Elsewhere'))
})
