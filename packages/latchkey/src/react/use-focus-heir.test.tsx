// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { setUp } from '../client/live-list.fake.ts'
import { ActiveSessions } from './active-sessions.tsx'

afterEach(cleanup)

it('hands the focus of a session that was ended elsewhere to the heading', async () => {
  const { calls, watch } = setUp('no-stream')
  render(<ActiveSessions service={watch} locale="en" />)
  await act(() => calls.next().answer(['ses_a', 'ses_b']))
  screen.getAllByRole('button', { name: /^Sign out/ })[1]?.focus()
  void watch.refresh()
  await act(() => calls.next().answer(['ses_a']))
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Active sessions' }))
})

it('leaves the focus alone when another session goes', async () => {
  const { calls, watch } = setUp('no-stream')
  render(<ActiveSessions service={watch} locale="en" />)
  await act(() => calls.next().answer(['ses_a', 'ses_b']))
  const [first] = screen.getAllByRole('button', { name: /^Sign out/ })
  first?.focus()
  void watch.refresh()
  await act(() => calls.next().answer(['ses_a']))
  expect(document.activeElement).toBe(first)
})
