// @vitest-environment jsdom
import { act, fireEvent, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { reauthenticationRequired } from '../client/live-list.fake.ts'
import { SessionServiceError } from '../client/session-service-error.ts'
import {
  announced,
  button,
  confirm,
  inDialog,
  pageForThisFile,
  press,
  rows,
  shown,
} from './active-sessions.fake.tsx'

pageForThisFile()

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

  it('asks the application for a recent sign-in with its own dialog out of the way, and then goes on by itself', async () => {
    let open = -1
    const { calls } = await shown(['ses_a', 'ses_b'], {
      onReauthenticate: async () => {
        open = document.querySelectorAll('dialog[open]').length
        calls.failure = null
        return true
      },
    })
    calls.failure = reauthenticationRequired
    await press('Sign out Firefox on Linux')
    await confirm('Sign out')
    expect([open, calls.revoked]).toEqual([0, ['ses_b', 'ses_b']])
    expect([screen.queryByRole('dialog'), rows().length]).toEqual([null, 1])
  })

  it('changes nothing when the user would not prove again who they are, and says so', async () => {
    const { calls } = await shown(['ses_a', 'ses_b'], { onReauthenticate: () => false })
    calls.failure = reauthenticationRequired
    await press('Sign out Firefox on Linux')
    await confirm('Sign out')
    expect(inDialog().getByRole('alert').textContent).toContain('needs a recent sign-in')
    expect(rows()).toHaveLength(2)
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
