import type { ReactNode } from 'react'
import { disableUser, enableUser, setCutOff } from '../api/administration.ts'
import { announce } from '../primitives/announcer.tsx'
import type { Confirmation } from '../primitives/confirm-dialog.tsx'
import { departing } from '../sign-in/intended-departure.ts'

const noteLabel = 'Why (stands in the audit log)'

type Changed = () => Promise<void>

export function signEverybodyOut(changed: Changed): Confirmation {
  return {
    title: 'Sign everybody out?',
    consequence: (
      <p>
        Every session of every user that was created until now is over at once, this one included. Everybody
        has to sign in again.
      </p>
    ),
    noteLabel,
    typed: 'everybody',
    action: 'Sign everybody out',
    busy: 'Signing out…',
    confirm: async (note = '') => {
      await departing('everywhere', () => setCutOff({ scope: 'everybody', ...noted(note) }))
      await changed()
    },
  }
}

/** `user`: what the user is called. */
export function cutOffUser(userId: string, user: string, changed: Changed): Confirmation {
  return {
    title: 'Cut off the sessions of this user?',
    consequence: (
      <p>
        Every session of <Name>{user}</Name> that was created until now is over, even one that is being
        created at this moment or that a backup brings back. Signing in again is possible at once.
      </p>
    ),
    noteLabel,
    action: 'Cut off until now',
    busy: 'Cutting off…',
    confirm: async (note = '') => {
      const { revoked_count: count } = await setCutOff({ scope: 'user', user_id: userId, ...noted(note) })
      await changed()
      announce(`Ended ${counted(count)} of ${user}.`)
    },
  }
}

export function disable(userId: string, user: string, changed: Changed): Confirmation {
  return {
    title: 'Disable this user?',
    consequence: (
      <p>
        Every session of <Name>{user}</Name> ends at once, and there is no new one until an administrator
        enables the user again.
      </p>
    ),
    noteLabel,
    action: 'Disable user',
    busy: 'Disabling…',
    confirm: async (note = '') => {
      await disableUser(userId, note)
      await changed()
      announce(`${user} is disabled.`)
    },
  }
}

export function enable(userId: string, user: string, changed: Changed): Confirmation {
  return {
    title: 'Enable this user?',
    consequence: (
      <p>
        <Name>{user}</Name> may sign in again. The sessions that were ended stay ended.
      </p>
    ),
    look: 'primary',
    action: 'Enable user',
    busy: 'Enabling…',
    confirm: async () => {
      await enableUser(userId)
      await changed()
      announce(`${user} is enabled.`)
    },
  }
}

function noted(note: string): { note?: string } {
  return note === '' ? {} : { note }
}

function counted(count: number): string {
  return count === 1 ? '1 session' : `${count} sessions`
}

function Name({ children }: { children: string }): ReactNode {
  return (
    <strong dir="auto" className="font-medium break-words text-ink">
      {children}
    </strong>
  )
}
