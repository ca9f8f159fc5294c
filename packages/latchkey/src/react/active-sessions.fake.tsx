import { act, cleanup, fireEvent, type RenderResult, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { type Setting, setUp } from '../client/live-list.fake.ts'
import { ActiveSessions, type ActiveSessionsProps } from './active-sessions.tsx'

/** A page at noon, for a file of tests. */
export function pageForThisFile(): void {
  beforeAll(giveModalDialogs)
  beforeEach(() => {
    vi.useFakeTimers({
      now: Date.parse('2026-01-03T12:00:00.000Z'),
      toFake: ['Date', 'setInterval', 'clearInterval'],
    })
  })
  afterEach(() => {
    cleanup()
    vi.useRealTimers()
  })
}

/** What jsdom has not: a modal dialog, which takes the focus from the page and gives it back when it closes. */
function giveModalDialogs(): void {
  let before: Element | null = null
  const focus = HTMLElement.prototype.focus
  HTMLElement.prototype.focus = function focusUnlessInert() {
    const modal = document.querySelector('dialog[open]')
    if (!modal || modal.contains(this)) focus.call(this)
  }
  HTMLDialogElement.prototype.showModal = function showModal() {
    before = document.activeElement
    this.setAttribute('open', '')
  }
  HTMLDialogElement.prototype.close = function close() {
    if (!this.hasAttribute('open')) return
    this.removeAttribute('open')
    if (this.isConnected && before instanceof HTMLElement) before.focus()
  }
}

/** The component with a list of these sessions, the first of which is this very one. */
export async function shown(
  ids: readonly string[] = ['ses_a', 'ses_b', 'ses_c'],
  props: Partial<ActiveSessionsProps> = {},
): Promise<Setting & RenderResult> {
  const setting = setUp('no-stream')
  const view = render(<ActiveSessions service={setting.watch} locale="en" {...props} />)
  await act(() => setting.calls.next().answer(ids))
  return { ...setting, ...view }
}

export const rows = (): HTMLElement[] => screen.queryAllByRole('listitem')
export const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name })
export const press = (name: string | RegExp): Promise<void> =>
  act(async () => void fireEvent.click(button(name)))
export const inDialog = (): ReturnType<typeof within> => within(screen.getByRole('dialog'))
export const confirm = (name: string): Promise<void> =>
  act(async () => void fireEvent.click(inDialog().getByRole('button', { name })))
export const announced = (): string | null => screen.getByRole('status').textContent
