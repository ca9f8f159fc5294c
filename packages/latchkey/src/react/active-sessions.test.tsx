// @vitest-environment jsdom
import { act, render, screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { network, session, setUp, unauthorized } from '../client/live-list.fake.ts'
import { LiveSessionsWatch } from '../client/live-sessions-watch.ts'
import { announced, button, pageForThisFile, press, rows, shown } from './active-sessions.fake.tsx'
import { ActiveSessions } from './active-sessions.tsx'
import { englishLabels } from './english-labels.ts'

pageForThisFile()

describe('the list', () => {
  it('is a list under a heading, with a count and a heading for each session', async () => {
    await shown()
    expect(screen.getByRole('region', { name: 'Active sessions' })).toBeTruthy()
    expect(screen.getByRole('heading', { level: 2, name: 'Active sessions' })).toBeTruthy()
    expect(screen.getByText('3 active sessions')).toBeTruthy()
    expect(rows()).toHaveLength(3)
    expect(screen.getAllByRole('heading', { level: 3 })).toHaveLength(3)
  })

  it('takes its place among the headings of the page', async () => {
    await shown(['ses_a'], { headingLevel: 3 })
    expect(screen.getByRole('heading', { level: 3, name: 'Active sessions' })).toBeTruthy()
    expect(screen.getByRole('heading', { level: 4 })).toBeTruthy()
  })

  it('says when each session ends at the latest, and when without use where that is sooner', async () => {
    await shown(['ses_a', 'ses_b'])
    const [used, unused] = rows().map((row) => row.textContent)
    expect(used).toContain('Expiresin 3 weeks')
    expect(used).not.toContain('Expires if unused')
    expect(unused).toContain('Expiresin 3 weeks')
    expect(unused).toContain('Expires if unusedin 5 days')
  })

  it('marks the session it is looked at from, and no other', async () => {
    await shown()
    expect(screen.getAllByText('This device')).toHaveLength(1)
    expect(rows()[0]?.textContent).toContain('Active now')
    expect(button('Sign out Firefox on Linux This device')).toBeTruthy()
  })

  it('marks a session that waits for a second factor', async () => {
    const { calls } = setUp('no-stream')
    const watch = new LiveSessionsWatch(calls, null)
    const pending = { ...session('ses_c'), is_pending: true }
    calls.getUserSessions = async () => ({ sessions: [session('ses_a'), pending], total_count: 2 })
    render(<ActiveSessions service={watch} locale="en" />)
    const mark = await screen.findByText('Waits for a second factor')
    expect(mark.closest('li')).toBe(rows()[1])
  })

  it('tells times as people do and exactly when pointed at', async () => {
    await shown(['ses_b'])
    const time = within(screen.getByRole('listitem')).getAllByText('2 days ago')[0]
    expect(time?.getAttribute('datetime')).toBe('2026-01-01T00:00:00.000Z')
    expect(time?.getAttribute('title')).toContain('January')
  })

  it('brings times up to date each minute', async () => {
    await shown(['ses_b'])
    expect(screen.queryAllByText('3 days ago')).toHaveLength(0)
    await act(async () => void vi.advanceTimersByTime(12 * 3_600_000))
    expect(screen.queryAllByText('3 days ago').length).toBeGreaterThan(0)
  })

  it('shows a place, an address and what versions are known', async () => {
    await shown(['ses_b'])
    expect(rows()[0]?.textContent).toContain('Computer · Firefox 142')
    expect(rows()[0]?.textContent).toContain('192.0.2.1')
  })

  it('speaks the language it is given', async () => {
    const labels = { heading: 'Aktive Sitzungen', thisDevice: 'Dieses Gerät' }
    await shown(['ses_a', 'ses_b'], { locale: 'de', labels })
    expect(screen.getByRole('heading', { name: 'Aktive Sitzungen' })).toBeTruthy()
    expect(screen.getAllByText('vorgestern').length).toBeGreaterThan(0)
    expect(screen.getByText('Dieses Gerät')).toBeTruthy()
  })

  it('carries the theme for its stylesheet, and puts no style into the page itself', async () => {
    const { container } = await shown(['ses_a'], { theme: 'dark' })
    expect(screen.getByRole('region').getAttribute('data-theme')).toBe('dark')
    expect(document.querySelectorAll('style')).toHaveLength(0)
    expect(container.querySelectorAll('[style]')).toHaveLength(0)
  })
})

describe('the keyboard', () => {
  it('reaches every action, in the order in which they stand', async () => {
    await shown(['ses_a', 'ses_b'])
    const actions = screen.getAllByRole('button')
    expect(actions.map(({ textContent }) => textContent)).toEqual([
      'Sign out',
      'Sign out',
      'Sign out all other sessions',
      'Sign out everywhere',
    ])
    expect(actions.every((action) => action.tabIndex === 0 && action instanceof HTMLButtonElement)).toBe(true)
  })
})

describe('without a list', () => {
  it('says that it is loading', () => {
    render(<ActiveSessions service={setUp().watch} />)
    expect(screen.getByText('Loading your sessions…').getAttribute('aria-busy')).toBe('true')
  })

  it('says that there is none', async () => {
    await shown([])
    expect(screen.getByText('There are no active sessions.')).toBeTruthy()
    expect(screen.queryAllByRole('button')).toEqual([])
  })

  it('says that it could not be loaded, and loads it when told to', async () => {
    const { watch, calls } = setUp('no-stream')
    render(<ActiveSessions service={watch} />)
    await act(() => calls.next().fail(network))
    expect(screen.getByRole('alert').textContent).toContain('could not be loaded')
    button('Try again').focus()
    await press('Try again')
    await act(() => calls.next().answer(['ses_a']))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(rows()).toHaveLength(1)
    expect(document.activeElement?.textContent).toBe('Active sessions')
  })

  it('keeps the list when a later attempt fails', async () => {
    const { calls, watch } = await shown()
    void watch.refresh()
    await act(() => calls.next().fail(network))
    expect(screen.getByRole('alert')).toBeTruthy()
    expect(rows()).toHaveLength(3)
  })

  it('says that somebody else may have had a copy, where a token came twice', () => {
    expect(englishLabels.signedOut('token-reuse')).toMatch(
      /^Somebody else may have had a copy of your sign-in/,
    )
  })

  it('says why this session is over, and tells the application once', async () => {
    const told: unknown[] = []
    const { calls, watch } = await shown(['ses_a'], { onSignedOut: (reason) => told.push(reason) })
    void watch.refresh()
    await act(() => calls.next().fail(unauthorized))
    expect(screen.getByRole('alert').textContent).toBe('You are signed out.')
    expect(told).toEqual([null])
  })
})

describe('changes from elsewhere', () => {
  it('are announced', async () => {
    const { calls, watch } = await shown(['ses_a'])
    expect(announced()).toBe('')
    void watch.refresh()
    await act(() => calls.next().answer(['ses_d', 'ses_a']))
    expect(announced()).toBe('New session: Firefox on Linux.')
    expect(rows().map((row) => row.textContent?.includes('This device'))).toEqual([false, true])
    expect(session('ses_d').is_current).toBe(false)
  })
})
