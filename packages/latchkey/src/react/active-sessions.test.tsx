// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { network, session, setUp, unauthorized } from '../client/live-list.fake.ts'
import { SessionServiceError } from '../client/session-service-error.ts'
import { ActiveSessions, type ActiveSessionsProps } from './active-sessions.tsx'

/** What jsdom has not: a modal dialog, which takes the focus from the page and gives it back when it closes. */
beforeAll(() => {
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
})

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

async function shown(
  ids: readonly string[] = ['ses_a', 'ses_b', 'ses_c'],
  props: Partial<ActiveSessionsProps> = {},
) {
  const setting = setUp('no-stream')
  const view = render(<ActiveSessions service={setting.watch} locale="en" {...props} />)
  await act(() => setting.calls.next().answer(ids))
  return { ...setting, ...view }
}

const rows = () => screen.queryAllByRole('listitem')
const button = (name: string | RegExp) => screen.getByRole('button', { name })
const press = (name: string | RegExp) => act(async () => void fireEvent.click(button(name)))
const inDialog = () => within(screen.getByRole('dialog'))
const confirm = (name: string) =>
  act(async () => void fireEvent.click(inDialog().getByRole('button', { name })))
const announced = () => screen.getByRole('status').textContent

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

  it('says why this session is over, and tells the application once', async () => {
    const told: unknown[] = []
    const { calls, watch } = await shown(['ses_a'], { onSignedOut: (reason) => told.push(reason) })
    void watch.refresh()
    await act(() => calls.next().fail(unauthorized))
    expect(screen.getByRole('alert').textContent).toBe('You are signed out.')
    expect(told).toEqual([null])
  })
})

describe('ending', () => {
  it('asks first, with the focus on the button that changes nothing', async () => {
    const { calls } = await shown(['ses_a', 'ses_b'])
    await press('Sign out Firefox on Linux')
    const dialog = screen.getByRole('dialog', { name: 'Sign out Firefox on Linux?' })
    expect(dialog.getAttribute('aria-describedby')).toBeTruthy()
    expect(document.activeElement?.textContent).toBe('Cancel')
    expect(calls.revoked).toEqual([])
  })

  it('ends nothing when called off, and gives the focus back', async () => {
    const { calls } = await shown(['ses_a', 'ses_b'])
    const opener = button('Sign out Firefox on Linux')
    opener.focus()
    await press('Sign out Firefox on Linux')
    await confirm('Cancel')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(opener)
    expect(calls.revoked).toEqual([])
  })

  it('is called off by Escape', async () => {
    const { calls } = await shown()
    await press('Sign out everywhere')
    // A browser turns Escape into this event.
    await act(
      async () => void fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true })),
    )
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(calls.revoked).toEqual([])
  })

  it('takes one session off the list, says so, and puts the focus on the heading', async () => {
    const { calls } = await shown(['ses_a', 'ses_b'])
    await press('Sign out Firefox on Linux')
    await confirm('Sign out')
    expect(calls.revoked).toEqual(['ses_b'])
    expect(rows()).toHaveLength(1)
    expect(announced()).toBe('Session ended: Firefox on Linux.')
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 2 }))
  })

  it('tells how many others will be signed out, and keeps this one', async () => {
    const { calls } = await shown()
    await press('Sign out all other sessions')
    expect(inDialog().getByText(/2 sessions on other devices/)).toBeTruthy()
    await confirm('Sign out the others')
    expect(calls.revoked).toEqual(['others'])
    expect(rows()).toHaveLength(1)
    expect(screen.queryByRole('button', { name: 'Sign out all other sessions' })).toBeNull()
  })

  it('tells that ending everywhere takes this session along', async () => {
    const told: unknown[] = []
    const { calls } = await shown(undefined, { onSignedOut: (reason) => told.push(reason) })
    await press('Sign out everywhere')
    expect(inDialog().getByText(/3 sessions .* this one included/)).toBeTruthy()
    await confirm('Sign out everywhere')
    expect([calls.revoked, told]).toEqual([['all'], ['logout']])
  })

  it('warns before the session is ended that it is looked at from', async () => {
    await shown()
    await press('Sign out Firefox on Linux This device')
    expect(screen.getByRole('dialog', { name: 'Sign out this device?' })).toBeTruthy()
  })

  it('says in the dialog why it failed, and can be tried again', async () => {
    const { calls } = await shown(['ses_a', 'ses_b'])
    calls.failure = new SessionServiceError(503, 'unavailable', 'The database is away.')
    await press('Sign out Firefox on Linux')
    await confirm('Sign out')
    expect(inDialog().getByRole('alert').textContent).toContain('The database is away.')
    calls.failure = null
    await confirm('Sign out')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(rows()).toHaveLength(1)
  })

  it('is done once, however often the button is pressed while it is under way', async () => {
    const { calls } = await shown(['ses_a', 'ses_b'])
    let finish: () => void = () => {}
    const waiting = new Promise<void>((resolve) => {
      finish = resolve
    })
    let begun = 0
    calls.revokeSession = async () => {
      begun += 1
      await waiting
      return { message: 'ended', revoked: true }
    }
    await press('Sign out Firefox on Linux')
    await confirm('Sign out')
    const working = inDialog().getByRole('button', { name: 'Signing out…' })
    expect(working.getAttribute('aria-disabled')).toBe('true')
    await confirm('Signing out…')
    await confirm('Cancel')
    expect([begun, screen.queryAllByRole('dialog').length]).toEqual([1, 1])
    await act(async () => finish())
    expect(screen.queryByRole('dialog')).toBeNull()
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
